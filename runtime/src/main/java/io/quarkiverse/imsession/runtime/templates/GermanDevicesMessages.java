package io.quarkiverse.imsession.runtime.templates;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.Message;

/** The texts of both pages in German. */
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

    @Override
    @Message(defaultValue = "Was geschehen ist")
    String journal();

    @Override
    @Message(defaultValue = "Noch nichts.")
    String journal_empty();

    @Override
    @Message(defaultValue = "Wann")
    String when();

    @Override
    @Message(defaultValue = "Handelte für Sie")
    String by_actor();

    @Override
    @Message(defaultValue = "Angemeldet")
    String entry_logged_in();

    @Override
    @Message(defaultValue = "Jemand begann, für Sie zu handeln")
    String entry_acted_for();

    @Override
    @Message(defaultValue = "Anmeldung erneuert")
    String entry_renewed();

    @Override
    @Message(defaultValue = "Abgelehnt: eine alte Kopie dieser Anmeldung wurde benutzt")
    String entry_refused();

    @Override
    @Message(defaultValue = "Abgelehnt: nicht nachweislich das Gerät dieser Anmeldung")
    String entry_refused_device();

    @Override
    @Message(defaultValue = "Abgemeldet")
    String entry_ended();

    @Override
    @Message(defaultValue = "Von anderswo abgemeldet")
    String entry_ended_elsewhere();

    @Override
    @Message(defaultValue = "Dort abgemeldet, wo Sie sich anmelden")
    String entry_ended_provider();

    @Override
    @Message(defaultValue = "Beendet, da es eine neuere Anmeldung gab")
    String entry_ended_limit();

    @Override
    @Message(defaultValue = "Beendet, da eine alte Kopie dieser Anmeldung benutzt wurde")
    String entry_ended_replay();

    @Override
    @Message(defaultValue = "Beendet, da diese Anmeldung ihren Browser nie erreicht hat")
    String entry_ended_abandoned();

    @Override
    @Message(defaultValue = "Waren Sie das nicht?")
    String not_me();

    @Override
    @Message(defaultValue = "{user} hat sich angemeldet. Wenn Sie das nicht waren, melden Sie es hier ab, und ändern Sie dann Ihr Passwort.")
    String log_in_of(String user);

    @Override
    @Message(defaultValue = "Dieses Gerät wurde abgemeldet. Ändern Sie jetzt Ihr Passwort.")
    String log_in_ended();

    @Override
    @Message(defaultValue = "Dieser Link gilt nicht mehr. Es wurde nichts abgemeldet.")
    String link_is_over();
}
