package io.quarkiverse.imsession.runtime.templates;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The texts of the page of devices, and of that behind the link of a notice. All are defaults, so that the application can
 * replace each of them in a file {@code messages/imsession_en.properties}, and add other languages.
 */
@MessageBundle(value = DevicesMessages.NAME, locale = "en")
public interface DevicesMessages {

    /** The name by which templates and files name these messages. */
    String NAME = "imsession";

    // tag::texts[]
    @Message(defaultValue = "Your devices")
    String devices();

    @Message(defaultValue = "{user} is logged in on these devices. End what you do not know or no longer use.")
    String devices_of(String user);

    @Message(defaultValue = "This device")
    String this_device();

    @Message(defaultValue = "Bound to its device")
    String bound();

    @Message(defaultValue = "{actor} acts for you here")
    String acted_by(String actor);

    @Message(defaultValue = "{browser} on {system}")
    String browser_on(String browser, String system);

    @Message(defaultValue = "Unknown device")
    String unknown_device();

    @Message(defaultValue = "Browser")
    String browser();

    @Message(defaultValue = "Logged in")
    String logged_in();

    @Message(defaultValue = "From address")
    String address();

    @Message(defaultValue = "Last used")
    String last_used();

    @Message(defaultValue = "now")
    String now();

    @Message(defaultValue = "between {after} and {before}")
    String between(String after, String before);

    @Message(defaultValue = "Ends if not used until")
    String expires();

    @Message(defaultValue = "Log out")
    String end();

    @Message(defaultValue = "Log out all other devices")
    String end_others();

    @Message(defaultValue = "More devices")
    String more();

    @Message(defaultValue = "First page")
    String first_page();

    @Message(defaultValue = "{#if count == 1}One device was logged out.{#else}{count} devices were logged out.{/if}")
    String ended(int count);

    @Message(defaultValue = "You are not logged in on this device any more.")
    String no_such_device();

    @Message(defaultValue = "What happened")
    String journal();

    @Message(defaultValue = "Nothing yet.")
    String journal_empty();

    @Message(defaultValue = "When")
    String when();

    @Message(defaultValue = "Acting for you")
    String by_actor();

    @Message(defaultValue = "Logged in")
    String entry_logged_in();

    @Message(defaultValue = "Somebody began to act for you")
    String entry_acted_for();

    @Message(defaultValue = "Log-in renewed")
    String entry_renewed();

    @Message(defaultValue = "Refused: an old copy of this log-in was used")
    String entry_refused();

    @Message(defaultValue = "Refused: not proved to be the device of this log-in")
    String entry_refused_device();

    @Message(defaultValue = "Logged out")
    String entry_ended();

    @Message(defaultValue = "Logged out from elsewhere")
    String entry_ended_elsewhere();

    @Message(defaultValue = "Logged out where you log in")
    String entry_ended_provider();

    @Message(defaultValue = "Ended, as there was a newer log-in")
    String entry_ended_limit();

    @Message(defaultValue = "Ended, as an old copy of this log-in was used")
    String entry_ended_replay();

    @Message(defaultValue = "Ended, as this log-in never reached its browser")
    String entry_ended_abandoned();

    @Message(defaultValue = "Was this not you?")
    String not_me();

    @Message(defaultValue = "{user} has logged in. If that was not you, log it out here, and then change your password.")
    String log_in_of(String user);

    @Message(defaultValue = "That device was logged out. Now change your password.")
    String log_in_ended();

    @Message(defaultValue = "This link does not hold any more. Nothing was logged out.")
    String link_is_over();
    // end::texts[]
}
