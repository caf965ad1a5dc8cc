package dev.irsa.core.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.consistency.WriteHistory.WritingProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every row of the table of {@link ReadConsistency}: each answer against each event that it depends on, or not. */
class ReadConsistencyTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    /** Long before everything else. */
    private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");

    private static final Instant EVENT = Instant.parse("2026-11-25T12:00:00Z");
    private static final WriteHistory QUIET = WriteHistory.of(new WritingProcess(WINDOW, START, START));

    /** Something in the history that may make an answer untrusted. */
    enum Event {
        LAST_WRITE,
        LAST_LOST_WRITE,
        WORKING_SINCE,
        WORKING_SINCE_WITHOUT_EARLIER_WRITES,
        ABSENT_SINCE,
        NAME_TAKEN_SINCE,
        DELETION
    }

    private static WriteHistory with(Event event) {
        return switch (event) {
            case LAST_WRITE -> QUIET.written(EVENT);
            case LAST_LOST_WRITE -> QUIET.lostWrite(EVENT);
            case WORKING_SINCE -> WriteHistory.of(new WritingProcess(WINDOW, EVENT, EVENT));
            case WORKING_SINCE_WITHOUT_EARLIER_WRITES ->
                WriteHistory.of(new WritingProcess(WINDOW, EVENT, EVENT)).resourceCreated(EVENT);
            case ABSENT_SINCE -> QUIET.absent(EVENT);
            case NAME_TAKEN_SINCE -> QUIET.nameTaken(EVENT);
            case DELETION -> QUIET.deleted(EVENT, EVENT);
        };
    }

    static final List<Object[]> TABLE = Arrays.asList(
            row(Answer.REFUSAL, Event.LAST_WRITE, true),
            row(Answer.REFUSAL, Event.LAST_LOST_WRITE, true),
            row(Answer.REFUSAL, Event.WORKING_SINCE, false),
            row(Answer.REFUSAL, Event.WORKING_SINCE_WITHOUT_EARLIER_WRITES, false),
            row(Answer.REFUSAL, Event.ABSENT_SINCE, false),
            row(Answer.REFUSAL, Event.NAME_TAKEN_SINCE, false),
            row(Answer.REFUSAL, Event.DELETION, true),
            row(Answer.CONTENT, Event.LAST_WRITE, true),
            row(Answer.CONTENT, Event.LAST_LOST_WRITE, true),
            row(Answer.CONTENT, Event.WORKING_SINCE, true),
            row(Answer.CONTENT, Event.WORKING_SINCE_WITHOUT_EARLIER_WRITES, true),
            row(Answer.CONTENT, Event.ABSENT_SINCE, false),
            row(Answer.CONTENT, Event.NAME_TAKEN_SINCE, false),
            row(Answer.CONTENT, Event.DELETION, true),
            row(Answer.NOT_OWNED, Event.LAST_WRITE, true),
            row(Answer.NOT_OWNED, Event.LAST_LOST_WRITE, true),
            row(Answer.NOT_OWNED, Event.WORKING_SINCE, true),
            row(Answer.NOT_OWNED, Event.WORKING_SINCE_WITHOUT_EARLIER_WRITES, false),
            row(Answer.NOT_OWNED, Event.ABSENT_SINCE, true),
            row(Answer.NOT_OWNED, Event.NAME_TAKEN_SINCE, false),
            row(Answer.NOT_OWNED, Event.DELETION, false),
            row(Answer.NAME_TAKEN, Event.NAME_TAKEN_SINCE, true),
            row(Answer.FINAL_STATE, Event.LAST_WRITE, false),
            row(Answer.FINAL_STATE, Event.LAST_LOST_WRITE, true),
            row(Answer.FINAL_STATE, Event.WORKING_SINCE, true),
            row(Answer.FINAL_STATE, Event.WORKING_SINCE_WITHOUT_EARLIER_WRITES, false),
            row(Answer.FINAL_STATE, Event.ABSENT_SINCE, false),
            row(Answer.FINAL_STATE, Event.NAME_TAKEN_SINCE, false),
            row(Answer.FINAL_STATE, Event.DELETION, false));

    @ParameterizedTest
    @FieldSource("TABLE")
    void waitsOneWindowAfterEachEventThatTheAnswerDependsOn(Answer answer, Event event, boolean waits) {
        assertThat(ReadConsistency.remaining(answer, with(event), EVENT)).isEqualTo(waits ? WINDOW : Duration.ZERO);
        assertThat(ReadConsistency.isTrusted(answer, with(event), EVENT)).isEqualTo(!waits);
        assertThat(ReadConsistency.isTrusted(answer, with(event), EVENT.plus(WINDOW)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"LAST_WRITE, 60", "LAST_LOST_WRITE, 60", "WORKING_SINCE, 60", "ABSENT_SINCE, 60", "DELETION, 0"})
    void absenceMustBeRepeatedForOneWindowUnlessIamAcceptedTheDeletion(Event event, long seconds) {
        WriteHistory history = with(event).absent(EVENT);

        assertThat(ReadConsistency.remaining(Answer.ABSENCE, history, EVENT)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(ReadConsistency.isTrusted(Answer.ABSENCE, history, EVENT.plus(WINDOW)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, false, 0", "true, true, 60", "false, false, 60"})
    void roleThatNoProcessCanHaveWrittenIsNotOwnedAtOnce(boolean created, boolean lost, long seconds) {
        WriteHistory started = WriteHistory.of(new WritingProcess(WINDOW, EVENT, EVENT));
        WriteHistory known = created ? started.resourceCreated(EVENT) : started;
        WriteHistory history = lost ? known.lostWrite(EVENT) : known;

        assertThat(ReadConsistency.remaining(Answer.NOT_OWNED, history.absent(EVENT), EVENT))
                .isEqualTo(Duration.ofSeconds(seconds));
        assertThat(ReadConsistency.remaining(Answer.NOT_OWNED, history.present(), EVENT))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void firstAbsenceCountsFromNow() {
        assertThat(ReadConsistency.remaining(Answer.ABSENCE, QUIET, EVENT)).isEqualTo(WINDOW);
        assertThat(ReadConsistency.remaining(Answer.NAME_TAKEN, QUIET, EVENT)).isEqualTo(WINDOW);
    }

    @Test
    void latestEventCounts() {
        WriteHistory history = QUIET.absent(EVENT).written(EVENT.plusSeconds(50));

        assertThat(ReadConsistency.remaining(Answer.ABSENCE, history, EVENT.plusSeconds(60)))
                .isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void windowIsHalfOpen() {
        WriteHistory history = QUIET.written(EVENT);

        assertThat(ReadConsistency.remaining(Answer.REFUSAL, history, EVENT.plusMillis(59_999)))
                .isEqualTo(Duration.ofMillis(1));
        assertThat(ReadConsistency.isTrusted(Answer.REFUSAL, history, EVENT.plusMillis(60_000)))
                .isTrue();
    }

    @Test
    void answersToCallsBeforeTheProcessStartedAreNotTrusted() {
        assertThat(ReadConsistency.remaining(Answer.CONTENT, QUIET, START.minusSeconds(30)))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"REFUSAL", "CONTENT", "NOT_OWNED", "FINAL_STATE"})
    void everythingIsTrustedLongAfterAQuietStart(Answer answer) {
        assertThat(ReadConsistency.isTrusted(answer, QUIET, EVENT)).isTrue();
    }

    @Test
    void refusalIsTrustedAtOnceWithoutAnyWrite() {
        assertThat(ReadConsistency.isTrusted(Answer.REFUSAL, QUIET, START)).isTrue();
        assertThat(QUIET.writes().last()).isEqualTo(Instant.MIN);
        assertThat(QUIET.absentSince()).isEqualTo(Optional.empty());
    }

    private static Object[] row(Answer answer, Event event, boolean waits) {
        return new Object[] {answer, event, waits};
    }
}
