package io.quarkiverse.imsession.testing;

import java.util.List;

import io.restassured.RestAssured;
import io.restassured.filter.Filter;

/** The filter of all requests that REST Assured sends during a test. */
final class GlobalFilter {

    private GlobalFilter() {
    }

    static void add(Filter filter) {
        RestAssured.filters(filter);
    }

    /** Removes this filter only. */
    static void remove() {
        List<Filter> others = RestAssured.filters().stream().filter(filter -> !(filter instanceof SessionRequestFilter))
                .toList();
        RestAssured.replaceFiltersWith(others);
    }
}
