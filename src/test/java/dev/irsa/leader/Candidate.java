package dev.irsa.leader;

import dev.irsa.port.Gate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One of several replicas that stand for a Lease, round by round as the elector does it, before a Lease in memory; with
 * the fence of the real one.
 */
public final class Candidate {
    /** The Lease as it is stored. Whoever writes says what he has read: another write in between refuses it. */
    public interface Lease {
        /** Who holds it, and how often it was written. */
        Term read();

        /** Whether it could be written. */
        boolean write(Term read, String holder);
    }

    /** What is stored: nobody holds it when the holder is empty. */
    public record Term(String holder, int writes) {}

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final String name;
    private final Lease lease;
    private final LongSupplier nanoTime;
    private final Leadership leadership;
    private Optional<Term> seen = Optional.empty();
    private long seenAt;
    private boolean hasLed;

    public Candidate(String name, Lease lease, LongSupplier nanoTime) {
        this.name = name;
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.leadership = new Leadership(DEADLINE, nanoTime);
    }

    /** What every call of the replica passes. */
    public Gate fence() {
        return leadership;
    }

    /** One try to get the Lease, or to keep it. */
    public void stand() {
        long asked = nanoTime.getAsLong();
        Term now = lease.read();
        if (!Optional.of(now).equals(seen)) {
            seen = Optional.of(now);
            seenAt = nanoTime.getAsLong();
        }
        boolean free = now.holder().isEmpty()
                || now.holder().equals(name)
                || nanoTime.getAsLong() - seenAt >= LeaseElection.LEASE.toNanos();
        if (free && lease.write(now, name)) {
            leadership.renewed(asked);
            hasLed = true;
        }
    }

    public boolean leads() {
        return leadership.holds();
    }

    /** Whether the process has to end: who has led and no longer does never leads again. */
    public boolean isOver() {
        return hasLed && !leads();
    }

    /** Gives the Lease back, as one that is asked to end. */
    public void resign() {
        leadership.end();
        Term now = lease.read();
        if (now.holder().equals(name)) {
            lease.write(now, "");
        }
    }
}
