package io.quarkiverse.imsession.spi;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;

/** Reads each page when it is requested. */
final class PagedScan implements IndexedSessionStore.Scan {

    private final Function<@Nullable String, CompletionStage<Page>> find;
    private volatile @Nullable String next;

    PagedScan(Function<@Nullable String, CompletionStage<Page>> find) {
        this.find = find;
    }

    @Override
    public CompletionStage<Page> next() {
        return find.apply(next).thenApply(page -> {
            next = page.next();
            return page;
        });
    }
}
