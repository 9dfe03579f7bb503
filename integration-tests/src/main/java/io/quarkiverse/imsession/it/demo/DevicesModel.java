package io.quarkiverse.imsession.it.demo;

import java.time.Instant;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.qute.TemplateData;

/** What the page of devices shows. Without a user there are no devices. */
@TemplateData
record DevicesModel(String user, Theme theme, DevicesView view) {

    public int longestName() {
        return ImSession.MAX_LABEL_LENGTH;
    }

    public String time(Instant instant) {
        return PageModel.time(instant);
    }
}
