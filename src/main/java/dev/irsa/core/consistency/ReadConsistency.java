package dev.irsa.core.consistency;

import dev.irsa.core.consistency.WriteHistory.EarlierWrites;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Decides whether an answer of IAM can be trusted now. */
public final class ReadConsistency {
    private ReadConsistency() {}

    /**
     * Returns how long an answer must be repeated before it is trusted.
     *
     * <p>An answer is trusted one consistency window after the latest of these events.
     *
     * <ul>
     *   <li>{@code REFUSAL}: our last write.
     *   <li>{@code CONTENT}: our last write to the role, and the time since when this process works.
     *   <li>{@code ABSENCE}: our last write, the time since when this process works, and the first such answer. After an accepted
     *       DeleteRole it is trusted at once.
     *   <li>{@code NOT_OWNED}: the same, if the role is absent. It is trusted at once after an accepted DeleteRole, or if no
     *       process can have written for the resource.
     *   <li>{@code NAME_TAKEN}: the first such answer.
     *   <li>{@code FINAL_STATE}: our last write without a response. The time since when this process works counts too, unless
     *       no earlier process can have lost a write.
     * </ul>
     *
     * @param history the history, with this answer already recorded
     * @param asked when the call began: the answer counts from then, however long the process was stopped since
     * @return zero if the answer is trusted
     */
    public static Duration remaining(Answer answer, WriteHistory history, Instant asked) {
        Instant latest = events(answer, history, asked).max(Instant::compareTo).orElse(Instant.MIN);
        if (latest.equals(Instant.MIN)) {
            return Duration.ZERO;
        }
        Instant end = latest.plus(history.window());
        return asked.isBefore(end) ? Duration.between(asked, end) : Duration.ZERO;
    }

    /** Returns whether an answer to a call that began at {@code asked} can be trusted. */
    public static boolean isTrusted(Answer answer, WriteHistory history, Instant asked) {
        return remaining(answer, history, asked).isZero();
    }

    private static Stream<Instant> events(Answer answer, WriteHistory history, Instant asked) {
        Instant lastWrite = history.writes().last();
        Instant lostWrite = history.writes().lastLost();
        Instant working = history.workingSince();
        return switch (answer) {
            case REFUSAL -> Stream.of(lastWrite);
            case CONTENT -> history.writes().toRole() ? Stream.of(lastWrite, working) : Stream.of(working);
            case ABSENCE ->
                history.deletionAccepted()
                        ? Stream.empty()
                        : Stream.of(lastWrite, working, history.absentSince().orElse(asked));
            case NOT_OWNED ->
                history.deletionAccepted() || history.isNeverWritten()
                        ? Stream.empty()
                        : Stream.of(lastWrite, working, history.absentSince().orElse(Instant.MIN));
            case NAME_TAKEN -> Stream.of(history.nameTakenSince().orElse(asked));
            case FINAL_STATE ->
                history.earlierWrites() == EarlierWrites.MAY_BE_LOST
                        ? Stream.of(lostWrite, working)
                        : Stream.of(lostWrite);
        };
    }
}
