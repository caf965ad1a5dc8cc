package dev.irsa.reconcile;

import dev.irsa.core.consistency.ReadConsistency;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.SweepObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows of the role of one resource: its state as far as this process wrote or completely read
 * it, or a sweep has shown it, and how far IAM's answers are to be believed. A resource is never reconciled twice
 * at once, so only one thread at a time changes it; the sweep's thread puts what it saw into the letter box and reads
 * what it must. All of it dies with the process: a fresh one looks for itself.
 */
final class CachedRoleState {
    private final ReadConsistency doubt;
    private final FinalizerState finalizer = new FinalizerState();
    private final PendingObservation letterBox = new PendingObservation();
    private volatile Optional<RoleState> state = Optional.empty();
    private volatile Instant lastRead = Instant.MIN;
    /** What was seen last is to be looked at once more. */
    private boolean provisional;
    /** Nothing has been seen yet, nor written. */
    private volatile boolean fresh = true;
    /** What is known is the word of a sweep alone, which something may have to be taken off for. */
    private boolean unconfirmed;
    /** A sweep has found the role, at rest, to be other than it should be, and it has not been good since. */
    private boolean drifted;

    private volatile Optional<String> roleName = Optional.empty();

    CachedRoleState(Duration window, Instant processStart) {
        this.doubt = new ReadConsistency(window, processStart);
    }

    ReadConsistency doubt() {
        return doubt;
    }

    FinalizerState finalizer() {
        return finalizer;
    }

    Optional<RoleState> state() {
        return state;
    }

    /** The policies, when they are known and the role with this id is the one they were seen on. */
    Optional<ObservedPolicies> policies(String roleId) {
        return state.filter(known -> known.role().id().equals(roleId)).map(RoleState::policies);
    }

    /** Empty before the first reconcile that knew it. */
    Optional<String> roleName() {
        return roleName;
    }

    void isAbout(String name) {
        roleName = Optional.of(name);
    }

    /** The role was read, which began at {@code asked}. */
    void saw(RoleState seen, Instant asked) {
        state = Optional.of(seen);
        lastRead = asked;
        fresh = false;
        unconfirmed = false;
        letterBox.look(PendingObservation.Look.NONE);
        doubt.shown();
    }

    /** What was just seen may be from before a write whose answer nobody saw: it is looked at once more. */
    void sawPerhapsTooEarly() {
        provisional = true;
    }

    /** When the role is to be looked at once more, from the beginning; empty: there is no need. */
    Optional<Duration> anotherLook(Instant now) {
        return provisional ? Optional.of(doubt.unsettled(now)) : Optional.empty();
    }

    void created(DesiredRole role, String id, Instant now) {
        saw(ChangeEffect.created(role, id), now);
        doubt.wrote(now);
        finalizer.hasServed();
    }

    /**
     * A change was made.
     *
     * @param asked when the call began: what this process was stopped for since proves nothing
     */
    void wrote(RoleChange change, Instant asked, Instant now) {
        state = state.flatMap(before -> ChangeEffect.of(change, before));
        if (change instanceof RoleChange.DeleteRole) {
            doubt.tookDeletion(asked, now);
        } else {
            doubt.wrote(now);
        }
    }

    /** What is known of the role is no longer believed. */
    void forget() {
        state = Optional.empty();
        provisional = false;
        fresh = false;
    }

    /**
     * This is what a sweep saw: from its thread, or found by the first reconcile that comes after it.
     *
     * @return whether the resource has to be reconciled because of it
     */
    boolean deliver(SweepObservation sighting) {
        if (letterBox.look() == PendingObservation.Look.ROUTINE) {
            letterBox.look(PendingObservation.Look.NONE);
        }
        boolean news = fresh || (state.isPresent() && !state.equals(sighting.role()));
        if (news && counts(sighting)) {
            letterBox.put(sighting);
            return true;
        }
        return false;
    }

    /**
     * From the sweep's thread: of the role it can say nothing, as it changed while it was read or cannot be read.
     *
     * @return whether the resource has to be reconciled because of it
     */
    boolean isUnclear(Instant began) {
        boolean foreign = doubt.showsOurs(began);
        if (foreign) {
            letterBox.look(PendingObservation.Look.NEEDED);
        }
        return foreign;
    }

    /** From the sweep's thread: the role is to be looked at anew. */
    void lookAgain(PendingObservation.Look look) {
        letterBox.look(look);
    }

    PendingObservation.Look look() {
        return letterBox.look();
    }

    /** Whether the first sweep has yet to say something: then the reconcile is called when it has. */
    boolean awaitsSweep() {
        return fresh && letterBox.look() == PendingObservation.Look.NONE;
    }

    /**
     * Believes what a sweep saw, where it counts.
     *
     * @param atRest nothing was begun for the resource since it was last at rest: then it does not matter that the
     *     sweep may have seen what was before a write of the process before this one
     */
    void takeLetter(boolean atRest) {
        letterBox
                .take()
                .filter(this::counts)
                .filter(sighting -> atRest || doubt.showsThoseBefore(sighting.began()))
                .ifPresent(sighting -> {
                    state = sighting.role();
                    lastRead = sighting.began();
                    fresh = false;
                    unconfirmed = atRest;
                    drifted = atRest;
                    if (state.isPresent()) {
                        doubt.shown();
                    }
                });
    }

    /** The role is as it should be. */
    void isGood() {
        unconfirmed = false;
        drifted = false;
    }

    boolean unconfirmed() {
        return unconfirmed;
    }

    boolean drifted() {
        return drifted;
    }

    /** Of what we wrote a moment before it began, or read after that, a sweep says nothing. */
    private boolean counts(SweepObservation sighting) {
        return doubt.showsOurs(sighting.began()) && sighting.began().isAfter(lastRead);
    }
}
