package io.quarkiverse.imsession.docs;

// tag::class[]
import java.time.Duration;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.quarkiverse.imsession.SessionEvent.NewClient;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;

/** Sends a user a mail when somebody has logged in from a client that is new to the user. */
@Singleton
public class NewClientMails {

    private final Mailer mailer;
    private final String address;
    /** The users that have got a mail. An hour later they may get another one. */
    private final Cache<String, Boolean> informed = Caffeine.newBuilder().maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1)).build();

    NewClientMails(Mailer mailer, @ConfigProperty(name = "shop.address") String address) {
        this.mailer = mailer;
        this.address = address;
    }

    void send(@ObservesAsync NewClient login) {
        // The first log-in of a user who has no other session is no news. <1>
        if (login.first() || informed.asMap().putIfAbsent(login.principal(), true) != null) { // <2>
            return;
        }
        mailer.send(Mail.withText(mailOf(login.principal()), "New log-in", """
                Somebody has logged in with your name, from a device that we did not know:

                %s
                %s, from the address %s

                If that was not you, log it out here, and change your password:
                %s""".formatted(login.loggedInAt(), login.client().userAgent().orElse("an unknown browser"),
                login.client().address().orElse("unknown"), address + login.link()))); // <3>
    }

    /** A real application asks its database. */
    private static String mailOf(String user) {
        return user + "@example.org";
    }
}
// end::class[]
