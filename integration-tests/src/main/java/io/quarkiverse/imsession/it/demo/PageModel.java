package io.quarkiverse.imsession.it.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionId;
import io.quarkus.qute.TemplateData;

/**
 * What the page shows. Texts that are not there are empty.
 *
 * @param bound whether the session is bound to the device of the browser
 */
@TemplateData
record PageModel(boolean exists, String id, String created, String expires, boolean bound, Map<String, String> data,
        String user, boolean remembered, Theme theme, List<CartLine> cart) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static PageModel of(ImSession session, Visitor visitor) {
        return new PageModel(session.exists(), session.id().map(SessionId::value).orElse(""),
                session.createdAt().map(PageModel::time).orElse(""), session.expiresAt().map(PageModel::time).orElse(""),
                session.deviceBound(), session.data().toJson(), visitor.user().map(User::name).orElse(""),
                visitor.user().map(User::remembered).orElse(false), visitor.theme(), visitor.cart());
    }

    public Theme[] themes() {
        return Theme.values();
    }

    public List<Product> products() {
        return Product.ALL;
    }

    public int longestName() {
        return Visitor.LONGEST_NAME;
    }

    public String total() {
        return price(cart.stream().mapToInt(CartLine::cents).sum());
    }

    public String price(int cents) {
        return String.format(Locale.ROOT, "%d.%02d €", cents / 100, cents % 100);
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
