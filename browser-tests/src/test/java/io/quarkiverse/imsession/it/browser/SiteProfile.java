package io.quarkiverse.imsession.it.browser;

import java.util.List;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The application with HTTP and HTTPS. */
public class SiteProfile implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Site.class));
    }
}
