package dev.irsa.simulation;

import dev.irsa.drift.Sightings;
import dev.irsa.fake.VirtualClock;
import java.time.Duration;

/** A mistake that is put into the operator, to see whether the simulation finds it. */
interface Defect {
    /** There is none. */
    Defect NONE = new Defect() {};

    default Duration window(Duration window) {
        return window;
    }

    default Outside on(Outside outside, VirtualClock clock) {
        return outside;
    }

    default Sightings on(Sightings sightings, VirtualClock clock) {
        return sightings;
    }
}
