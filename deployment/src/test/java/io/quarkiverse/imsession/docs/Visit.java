package io.quarkiverse.imsession.docs;

// tag::record[]
public record Visit(String user, int views) {
}
// end::record[]
