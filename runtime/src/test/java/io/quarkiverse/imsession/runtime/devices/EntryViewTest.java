package io.quarkiverse.imsession.runtime.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.JournalEntry;
import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.JournalEntry.Kind;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.templates.DevicesMessages;
import io.quarkiverse.imsession.runtime.templates.GermanDevicesMessages;
import io.quarkiverse.imsession.spi.SessionToken;

class EntryViewTest {

    private static final SessionId ID = SessionToken.generate(new SecureRandom()).id();

    @ParameterizedTest
    @EnumSource
    void eachKindHasATextInEachLanguageWhateverItsCause(Kind kind) {
        for (Class<?> language : Set.of(DevicesMessages.class, GermanDevicesMessages.class)) {
            Set<String> texts = Stream.of(language.getDeclaredMethods()).map(method -> method.getName())
                    .collect(Collectors.toSet());
            for (Cause cause : Cause.values()) {
                assertThat(texts).contains(view(kind, cause, "").text());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "<script>" })
    void whatIsNotKnownIsLeftOut(String agent) {
        assertThat(view(Kind.ENDED, Cause.LIMIT, agent).toJson()).containsOnlyKeys("time", "kind", "cause", "session",
                "current").containsEntry("current", true);
    }

    private static EntryView view(Kind kind, Cause cause, String agent) {
        return EntryView.of(new JournalEntry(Instant.EPOCH, kind, ID, cause, Optional.empty(), Optional.of(agent),
                Optional.empty()), ID);
    }
}
