package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogOfVirtualThreadsTest {

    private static final LogFile LOG = LogFile.of(LogOfVirtualThreadsTest.class);

    @RegisterExtension
    static final TestApp APP = LOG.with(TestApp.of(LogFile.class, LoggedResource.class, LoggedVirtuallyResource.class));

    @Test
    void eachLineHasTheIdOfItsOwnRequestOnVirtualThreadsToo() {
        Client.get("/logged/virtual-thread?line=first", null).then().body(equalTo("true"));
        LOG.assertEachLineHasTheIdOfItsRequest("/logged/virtual-thread");
    }
}
