package dev.irsa.core.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about the writes to one role, and about what IAM has answered since. {@link ReadConsistency} decides from
 * it whether an answer can be trusted. Every method returns a new history.
 *
 * @param process the process that writes
 * @param writes the writes of this process
 * @param earlierWrites what is known about the writes of earlier processes
 * @param deletionAccepted whether IAM accepted our DeleteRole and nothing can create the role again
 * @param absentSince since when IAM has reported, without interruption, that the role does not exist
 * @param nameTakenSince since when IAM has refused to create the role because one of that name exists
 */
public record WriteHistory(
        WritingProcess process,
        Writes writes,
        EarlierWrites earlierWrites,
        boolean deletionAccepted,
        Optional<Instant> absentSince,
        Optional<Instant> nameTakenSince) {
    /**
     * A process that writes to AWS.
     *
     * @param window how long IAM may take to show a write everywhere ({@code --consistency-window})
     * @param workingSince since when no other process writes: the start of this process, or the moment it became the leader
     * @param aloneSince resources that were created since then have no writes of an earlier process
     */
    public record WritingProcess(Duration window, Instant workingSince, Instant aloneSince) {}

    /**
     * The writes of one process.
     *
     * @param last the last one that took effect or may have, including that of the finalizer; {@link Instant#MIN} if there was
     *     none
     * @param toRole whether one of these was a write to the role
     * @param lastLost the last one that got no response; {@link Instant#MIN} if there was none
     */
    public record Writes(Instant last, boolean toRole, Instant lastLost) {
        private static final Writes NONE = new Writes(Instant.MIN, false, Instant.MIN);

        private Writes and(Instant write, boolean isToRole) {
            return new Writes(write.isAfter(last) ? write : last, isToRole, lastLost);
        }

        private Writes andLost(Instant write) {
            return new Writes(and(write, true).last, true, write);
        }
    }

    /** What earlier processes may have written for a resource. */
    public enum EarlierWrites {
        /** A write that got no response may still take effect. */
        MAY_BE_LOST,
        /** Every write has taken effect or failed. */
        ALL_SETTLED,
        /** There were no writes, because the resource did not exist. */
        NONE
    }

    /** Returns the history of a process that has not written yet. */
    public static WriteHistory of(WritingProcess process) {
        return new WriteHistory(
                process, Writes.NONE, EarlierWrites.MAY_BE_LOST, false, Optional.empty(), Optional.empty());
    }

    /** Returns how long IAM may take to show a write everywhere. */
    public Duration window() {
        return process.window();
    }

    /** Returns since when no other process writes. */
    public Instant workingSince() {
        return process.workingSince();
    }

    /** Records a write that IAM accepted, after which the role exists. */
    public WriteHistory written(Instant now) {
        return mayHaveWritten(now).withDeletionAccepted(false);
    }

    /** Records that the role was written, or may have been, by this process. */
    public WriteHistory mayHaveWritten(Instant now) {
        return withWrites(writes.and(now, true));
    }

    /** Records that this process added the finalizer, after which the role may be written. */
    public WriteHistory finalizerAdded(Instant now) {
        return withWrites(writes.and(now, writes.toRole()));
    }

    /** Records a write that got no response: it may have taken effect, may do so later, or never. */
    public WriteHistory lostWrite(Instant now) {
        return withWrites(writes.andLost(now));
    }

    /**
     * Records that IAM accepted our DeleteRole. A lost CreateRole that may still take effect would create the role again, so
     * the deletion then proves nothing.
     *
     * @param asked when the call began; time that the process was stopped since does not count
     */
    public WriteHistory deleted(Instant asked, Instant now) {
        boolean proof =
                ReadConsistency.remaining(Answer.FINAL_STATE, this, asked).isZero();
        return mayHaveWritten(now).absent(now).withDeletionAccepted(proof);
    }

    /**
     * Records when the resource was created. No other process ever wrote for a resource that was created after this process
     * began to work. The clock of the API server is assumed to be ahead of ours by less than a process takes to start.
     */
    public WriteHistory resourceCreated(Instant created) {
        return created.isBefore(process.aloneSince()) ? this : withEarlierWrites(EarlierWrites.NONE);
    }

    /**
     * Records since when the role has existed and the resource has known it. One window later, no process can have observed
     * the role as absent and tried to create another. One more window later, every such attempt has arrived or failed. The
     * third window allows for the clocks of AWS and of other nodes to differ from ours.
     */
    public WriteHistory knownSince(Instant since, Instant now) {
        boolean longEnough = !now.isBefore(since.plus(window().multipliedBy(3)));
        return longEnough && earlierWrites == EarlierWrites.MAY_BE_LOST
                ? withEarlierWrites(EarlierWrites.ALL_SETTLED)
                : this;
    }

    /** Records that IAM showed the role as the resource's: earlier answers about its existence no longer count. */
    public WriteHistory shown() {
        return withExistence(Optional.empty(), Optional.empty());
    }

    /** Records that a role of that name exists. Earlier answers that it is absent no longer count. */
    public WriteHistory present() {
        return withExistence(Optional.empty(), nameTakenSince);
    }

    /** Records an answer that the role does not exist. */
    public WriteHistory absent(Instant asked) {
        return withExistence(absentSince.or(() -> Optional.of(asked)), nameTakenSince);
    }

    /** Records a refusal to create the role because one of that name exists. */
    public WriteHistory nameTaken(Instant asked) {
        return withExistence(absentSince, nameTakenSince.or(() -> Optional.of(asked)));
    }

    /** Returns whether no process can have written for the resource: IAM refused to create its role, if that was tried. */
    public boolean isNeverWritten() {
        return earlierWrites == EarlierWrites.NONE && !writes.toRole();
    }

    /** Returns whether the name was found taken, so that reading the role is cheaper than trying to create it. */
    public boolean isNameTaken() {
        return nameTakenSince.isPresent();
    }

    private WriteHistory withWrites(Writes next) {
        return new WriteHistory(process, next, earlierWrites, deletionAccepted, absentSince, nameTakenSince);
    }

    private WriteHistory withEarlierWrites(EarlierWrites known) {
        return new WriteHistory(process, writes, known, deletionAccepted, absentSince, nameTakenSince);
    }

    private WriteHistory withDeletionAccepted(boolean accepted) {
        return new WriteHistory(process, writes, earlierWrites, accepted, absentSince, nameTakenSince);
    }

    private WriteHistory withExistence(Optional<Instant> absent, Optional<Instant> taken) {
        return new WriteHistory(process, writes, earlierWrites, deletionAccepted, absent, taken);
    }
}
