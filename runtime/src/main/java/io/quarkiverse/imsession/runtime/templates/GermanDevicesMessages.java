package io.quarkiverse.imsession.runtime.templates;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.Message;

/** The texts of the page of devices in German. */
@Localized("de")
public interface GermanDevicesMessages extends DevicesMessages {

    @Override
    @Message(defaultValue = "Ihre Geräte")
    String devices();

    @Override
    @Message(defaultValue = "{user} ist auf diesen Geräten angemeldet. Melden Sie ab, was Sie nicht kennen oder nicht mehr"
            + " benutzen.")
    String devices_of(String user);

    @Override
    @Message(defaultValue = "Dieses Gerät")
    String this_device();

    @Override
    @Message(defaultValue = "An sein Gerät gebunden")
    String bound();

    @Override
    @Message(defaultValue = "{actor} handelt hier für Sie")
    String acted_by(String actor);

    @Override
    @Message(defaultValue = "{browser} auf {system}")
    String browser_on(String browser, String system);

    @Override
    @Message(defaultValue = "Unbekanntes Gerät")
    String unknown_device();

    @Override
    @Message(defaultValue = "Browser")
    String browser();

    @Override
    @Message(defaultValue = "Angemeldet")
    String logged_in();

    @Override
    @Message(defaultValue = "Von der Adresse")
    String address();

    @Override
    @Message(defaultValue = "Zuletzt benutzt")
    String last_used();

    @Override
    @Message(defaultValue = "jetzt")
    String now();

    @Override
    @Message(defaultValue = "zwischen {after} und {before}")
    String between(String after, String before);

    @Override
    @Message(defaultValue = "Endet, wenn nicht benutzt bis")
    String expires();

    @Override
    @Message(defaultValue = "Abmelden")
    String end();

    @Override
    @Message(defaultValue = "Alle anderen Geräte abmelden")
    String end_others();

    @Override
    @Message(defaultValue = "Weitere Geräte")
    String more();

    @Override
    @Message(defaultValue = "Erste Seite")
    String first_page();

    @Override
    @Message(defaultValue = "{#if count == 1}Ein Gerät wurde abgemeldet.{#else}{count} Geräte wurden abgemeldet.{/if}")
    String ended(int count);

    @Override
    @Message(defaultValue = "Auf diesem Gerät sind Sie nicht mehr angemeldet.")
    String no_such_device();
}
