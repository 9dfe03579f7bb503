package io.quarkiverse.imsession.test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;

import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.spi.SessionStore;

/** The calls that only one place may make, as it guards and measures them. */
public final class StoreCalls {

    private StoreCalls() {
    }

    /** The methods of a store, but not those that only a built-in store has. */
    public static DescribedPredicate<JavaAccess<?>> any() {
        return DescribedPredicate.describe("it is of a store",
                access -> access instanceof JavaCodeUnitAccess
                        && access.getTargetOwner().isAssignableTo(SessionStore.class)
                        && !access.getTargetOwner().isAssignableTo(MemorySessionStore.class)
                        && !access.getTargetOwner().isAssignableTo(RedisSessionStore.class));
    }
}
