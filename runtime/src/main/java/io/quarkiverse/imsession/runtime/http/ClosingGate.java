package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Keeps a connection open while responses wait for their sessions to be stored. Code that ends a response and then closes the
 * connection expects that the response is written first. The connection cannot be wrapped, as callers cast it to the class of
 * Vert.x and lock it.
 */
final class ClosingGate extends ChannelOutboundHandlerAdapter {

    /** The application may never end a response, so an idle connection is closed after this time. */
    private static final int LONGEST_SECONDS = 30;

    private final AtomicInteger waiting = new AtomicInteger();
    private final List<ChannelPromise> closings = new ArrayList<>();
    private volatile boolean closing;
    private volatile @Nullable ChannelHandlerContext context;

    /**
     * Keeps the connection of a request open until the gate was opened as often as it was shut. Null if the connection is
     * closed already.
     */
    static @Nullable ClosingGate shut(HttpServerRequest request) {
        if (!(request.connection() instanceof ConnectionBase connection)) {
            return null;
        }
        ChannelPipeline pipeline = connection.channel().pipeline();
        try {
            synchronized (pipeline) {
                ClosingGate gate = pipeline.get(ClosingGate.class);
                if (gate == null) {
                    gate = new ClosingGate();
                    pipeline.addBefore(connection.channelHandlerContext().name(), null, gate);
                }
                gate.waiting.incrementAndGet();
                return gate;
            }
        } catch (NoSuchElementException e) {
            return null;
        }
    }

    /** Lets the connection close, after the waiting response was written. */
    void open() {
        ChannelHandlerContext there = context;
        if (waiting.decrementAndGet() == 0 && closing && there != null) {
            there.executor().execute(() -> closeUnlessShut(there));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void close(ChannelHandlerContext there, ChannelPromise promise) {
        closings.add(promise);
        closing = true;
        closeUnlessShut(there);
        if (!closings.isEmpty()) {
            there.executor().schedule(() -> closeNow(there), LONGEST_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void closeUnlessShut(ChannelHandlerContext there) {
        if (waiting.get() == 0) {
            closeNow(there);
        }
    }

    private void closeNow(ChannelHandlerContext there) {
        if (!closings.isEmpty()) {
            List<ChannelPromise> due = List.copyOf(closings);
            closings.clear();
            // As in Vert.x, the written data is sent before the connection closes.
            there.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> due.forEach(there::close));
        }
    }
}
