package dev.irsa.reconcile;

import dev.irsa.desired.DesiredRole;
import dev.irsa.drift.Sighting;
import dev.irsa.observed.ObservedPolicies;
import dev.irsa.observed.RoleState;
import dev.irsa.plan.Effect;
import dev.irsa.plan.RoleChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows of the role of one resource: its state as far as this process wrote or completely read
 * it, or a sweep has shown it, and the times by which IAM's answers are judged. A resource is never reconciled twice
 * at once, so only one thread at a time changes it; the sweep's thread puts what it saw into the letter box and reads
 * what it must. All of it dies with the process: a fresh one looks for itself.
 */
final class RoleMemory {
    private final Settling settling;
    private final LetterBox letterBox = new LetterBox();
    private volatile Optional<RoleState> state = Optional.empty();
    private volatile Instant lastRead = Instant.MIN;
    private final Existence existence = new Existence();
    private boolean deleted;
    private boolean provisional;
    /** Nothing has been seen yet, nor written. */
    private volatile boolean fresh = true;
    /** What is known is the word of a sweep alone, which something may have to be taken off for. */
    private boolean unconfirmed;
    /** A sweep has found the role, at rest, to be other than it should be, and it has not been good since. */
    private boolean drifted;

    private volatile Optional<String> roleName = Optional.empty();
    private boolean letGo;
    /** The API server has taken our finalizer since the last time that the role was made. */
    private boolean held;

    RoleMemory(Duration window, Instant processStart) {
        this.settling = new Settling(window, processStart);
    }

    Optional<RoleState> state() {
        return state;
    }

    /** The policies, when they are known and the role with this id is the one they were seen on. */
    Optional<ObservedPolicies> policies(String roleId) {
        return state.filter(known -> known.role().id().equals(roleId)).map(RoleState::policies);
    }

    /** The name of the role; empty before the first reconcile that knew it. */
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
        letterBox.look(LetterBox.Look.NONE);
        existence.shown();
    }

    /** What was just seen may be from before a write whose answer nobody saw: it is looked at once more. */
    void sawPerhapsTooEarly() {
        provisional = true;
    }

    /**
     * When the role is to be looked at once more, from the beginning, though nothing is known to be wrong with it;
     * empty: there is no need.
     */
    Optional<Duration> anotherLook(Instant now) {
        return provisional ? Optional.of(unsettled(now)) : Optional.empty();
    }

    /** IAM has just shown the role: what it said of its absence before no longer counts. */
    void present() {
        existence.present();
    }

    void created(DesiredRole role, String id, Instant now) {
        saw(Effect.created(role, id), now);
        settling.wrote(now);
        deleted = false;
        held = false;
    }

    /**
     * A change was made.
     *
     * @param asked when the call began: what this process was stopped for since proves nothing
     */
    void wrote(RoleChange change, Instant asked, Instant now) {
        state = state.flatMap(before -> Effect.of(change, before));
        if (change instanceof RoleChange.DeleteRole) {
            // A CreateRole that was given up and takes effect only now would make the role once more.
            deleted = settling.unheard(asked).isZero();
            existence.denied(now);
        } else {
            deleted = false;
        }
        settling.wrote(now);
    }

    /** The API server has taken our finalizer, before which nothing is written: IAM is not believed for a while. */
    void held(Instant now) {
        held = true;
        settling.wrote(now);
    }

    boolean isHeld() {
        return held;
    }

    /** When the resource was made, and when the role that IAM shows. */
    void madeAt(Instant resource, Instant role, Instant now) {
        settling.resourceMadeAt(resource);
        settling.madeAt(role, now);
    }

    /** From here on something may be written, or may have been: IAM is not believed for a while. */
    void mayHaveWritten(Instant now) {
        settling.wrote(now);
    }

    /** How long a write may yet take effect that was given up, here or by the process before this one. */
    Duration unheardLeft(Instant now) {
        return settling.unheard(now);
    }

    /** A write was given up without an answer: it may take effect at any time for a while. */
    void unheard(Instant now) {
        settling.wroteUnheard(now);
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
    boolean deliver(Sighting sighting) {
        if (letterBox.look() == LetterBox.Look.ROUTINE) {
            letterBox.look(LetterBox.Look.NONE);
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
        boolean foreign = settling.showsOurs(began);
        if (foreign) {
            letterBox.look(LetterBox.Look.NEEDED);
        }
        return foreign;
    }

    /** From the sweep's thread: the role is to be looked at anew. */
    void lookAgain(LetterBox.Look look) {
        letterBox.look(look);
    }

    LetterBox.Look look() {
        return letterBox.look();
    }

    /** Whether the first sweep has yet to say something: then the reconcile is called when it has. */
    boolean awaitsSweep() {
        return fresh && letterBox.look() == LetterBox.Look.NONE;
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
                .filter(sighting -> atRest || settling.showsThoseBefore(sighting.began()))
                .ifPresent(sighting -> {
                    state = sighting.role();
                    lastRead = sighting.began();
                    fresh = false;
                    unconfirmed = atRest;
                    drifted = atRest;
                    if (state.isPresent()) {
                        existence.shown();
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
    private boolean counts(Sighting sighting) {
        return settling.showsOurs(sighting.began()) && sighting.began().isAfter(lastRead);
    }

    /** Our finalizer was taken off the resource, which is being deleted: it never gets another. */
    void letGo() {
        letGo = true;
    }

    boolean wasLetGo() {
        return letGo;
    }

    /** Whether IAM may still be spreading something that we wrote. */
    boolean settling(Instant now) {
        return settling.ours(now);
    }

    /** IAM has taken our DeleteRole, and nothing can make the role again: the proof that it is gone. */
    boolean deleted() {
        return deleted;
    }

    /** How long what IAM shows may still be what was before a write of ours, of this process or of the one before it. */
    Duration unsettled(Instant now) {
        return settling.left(now);
    }

    /** IAM refused to create the role as there is one; answers since when it has been saying so. */
    Instant exists(Instant now) {
        return existence.claimed(now);
    }

    /** Whether the name was found taken: then it is cheaper to look than to try to create. */
    boolean metAnother() {
        return existence.isClaimed();
    }

    /**
     * IAM has just answered that there is no such role.
     *
     * @return how long it must go on saying so to be believed; zero: it is believed
     */
    Duration absent(Instant now) {
        if (deleted) {
            return Duration.ZERO;
        }
        return settling.left(now, existence.denied(now));
    }
}
