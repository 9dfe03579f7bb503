package io.quarkiverse.imsession.it.demo;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Who is logged in, and since when. */
@RegisterForReflection
record User(String name, Instant since, boolean remembered) {
}
