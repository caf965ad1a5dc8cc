package dev.irsa.simulation;

import java.time.Duration;

/** A mistake that is put into the operator, to see whether the simulation finds it. */
interface Defect {
    /** There is none. */
    Defect NONE = new Defect() {};

    /** How long IAM is not believed. */
    default Duration window(Duration window) {
        return window;
    }

    /** What the operator meets of the outside. */
    default Outside on(Outside outside, Realm realm) {
        return outside;
    }

    /** How long a resource is left alone that asks to be reconciled again. */
    default Duration pause(Duration pause) {
        return pause;
    }

    /** Whether a replica that no longer leads is kept from writing. */
    default boolean fences() {
        return true;
    }
}
