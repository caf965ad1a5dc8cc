package dev.irsa.core.consistency;

import java.time.Duration;
import java.time.Instant;

/**
 * How far IAM is to be believed in what it answers about the role of one resource: by the times of what was written, and of
 * what it has been saying since.
 */
public final class ReadConsistency {
    private final ConsistencyWindow settling;
    private final RoleExistence existence = new RoleExistence();
    private boolean deleted;

    public ReadConsistency(Duration window, Instant processStart) {
        this.settling = new ConsistencyWindow(window, processStart);
    }

    /** From here on something may be written, or may have been: IAM is not believed for a while. */
    public void mayHaveWritten(Instant now) {
        settling.wrote(now);
    }

    /** A write was given up without an answer: it may take effect at any time for a while. */
    public void unheard(Instant now) {
        settling.wroteUnheard(now);
    }

    /** How long a write may yet take effect that was given up, here or by the process before this one. */
    public Duration unheardLeft(Instant now) {
        return settling.unheard(now);
    }

    /** IAM took a write, and the role is there. */
    public void wrote(Instant now) {
        deleted = false;
        settling.wrote(now);
    }

    /**
     * IAM took our DeleteRole.
     *
     * @param asked when the call began: what this process was stopped for since proves nothing
     */
    public void tookDeletion(Instant asked, Instant now) {
        // A CreateRole that was given up and takes effect only now would make the role once more.
        deleted = settling.unheard(asked).isZero();
        existence.denied(now);
        settling.wrote(now);
    }

    public void resourceMadeAt(Instant made) {
        settling.resourceMadeAt(made);
    }

    /** Since then the role has been there and its resource has known it. */
    public void knownSince(Instant since, Instant now) {
        settling.knownSince(since, now);
    }

    /** The role was seen, as the resource's: what was said of it before no longer counts. */
    public void shown() {
        existence.shown();
    }

    /** IAM has just shown the role: what it said of its absence before no longer counts. */
    public void present() {
        existence.present();
    }

    /** Whether IAM may still be spreading something that we wrote. */
    public boolean settling(Instant now) {
        return settling.ours(now);
    }

    /** How long what IAM shows may still be what was before a write of ours, of this process or of the one before it. */
    public Duration unsettled(Instant now) {
        return settling.left(now);
    }

    /** Whether what began then to be read shows all that this process wrote. */
    public boolean showsOurs(Instant began) {
        return settling.showsOurs(began);
    }

    /** Whether what began then to be read shows all that the process before this one wrote. */
    public boolean showsThoseBefore(Instant began) {
        return settling.showsThoseBefore(began);
    }

    /** IAM has taken our DeleteRole, and nothing can make the role again: the proof that it is gone. */
    public boolean deleted() {
        return deleted;
    }

    /**
     * IAM has just answered that there is no such role.
     *
     * @return how long it must go on saying so to be believed; zero: it is believed
     */
    public Duration absent(Instant now) {
        return deleted ? Duration.ZERO : settling.left(now, existence.denied(now));
    }

    /** IAM refused to create the role as there is one; answers since when it has been saying so. */
    public Instant exists(Instant now) {
        return existence.claimed(now);
    }

    /** Whether the name was found taken: then it is cheaper to look than to try to create. */
    public boolean metAnother() {
        return existence.isClaimed();
    }
}
