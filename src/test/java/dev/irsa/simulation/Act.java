package dev.irsa.simulation;

import java.time.Duration;

/** Something that happens to the world. */
sealed interface Act {
    /** {@code kubectl apply}. */
    record Apply(int cluster, Thing thing, Wish wish) implements Act {}

    /** {@code kubectl delete}. */
    record Delete(int cluster, Thing thing) implements Act {}

    /** Deletes one, and applies another that wants the same ServiceAccount: what users call a rename. */
    record Rename(int cluster, Thing from, Thing to, Wish wish) implements Act {}

    /** Somebody with a console changes the role of that resource. */
    record Drift(int cluster, Thing thing, Deed deed) implements Act {}

    /** What is done to a role by hand. */
    enum Deed {
        DETACH_ALL,
        ATTACH_ADMIN,
        OPEN_TRUST,
        DELETE,
        /** Another role, of somebody else, has the name from then on. */
        REPLACE,
        TAKE_TAGS
    }

    /** Somebody changes the ServiceAccount, or deletes it. */
    record Meddle(int cluster, Thing thing, boolean deletes) implements Act {}

    /** The next calls fail so, those of AWS or those of the API server. */
    record Fail(boolean aws, Fault fault, int calls) implements Act {}

    /** AWS, or an API server, answers nothing for a while. */
    record Outage(boolean aws, Duration time) implements Act {}

    /** What runs waits, and something else runs. */
    record Switch() implements Act {}

    /** The call that runs takes so long; the process does something else meanwhile. */
    record Slow(Duration time) implements Act {}

    /** A process is stopped and goes on later, as one without CPU does. */
    record Freeze(int process, Duration time) implements Act {}

    /** A process is killed, and another starts in its place. */
    record Kill(int process, Duration gap) implements Act {}

    /** A process is asked to end, and another starts in its place. */
    record Terminate(int process) implements Act {}

    /** The watches of a process tell that much later. */
    record Lag(int process, Duration resources, Duration accounts) implements Act {}

    /** How a call fails. */
    enum Fault {
        THROTTLED,
        UNAVAILABLE,
        /** It takes effect, and the answer does not come. */
        LOST_ANSWER,
        /** There is no answer, and it takes effect some seconds later. */
        BELATED
    }
}
