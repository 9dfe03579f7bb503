package io.quarkiverse.imsession.it.demo;

import java.util.Comparator;
import java.util.List;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionPage;
import io.quarkus.qute.TemplateData;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The sessions of a user: that of this request first, then the newest first.
 *
 * @param more whether there are more than are shown
 */
@TemplateData
@RegisterForReflection
record DevicesView(List<DeviceView> devices, boolean more) {

    static DevicesView of(SessionPage page, SessionId current) {
        return new DevicesView(page.sessions().stream().map(session -> DeviceView.of(session, current))
                .sorted(Comparator.comparing(DeviceView::current).thenComparing(DeviceView::created).reversed()).toList(),
                page.next().isPresent());
    }

    public boolean hasOthers() {
        return more || devices.stream().anyMatch(device -> !device.current());
    }
}
