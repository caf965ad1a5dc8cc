package dev.irsa.mock;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.time.Duration;

/** What goes wrong with one request. */
public sealed interface Fault {

    /** Nothing: the request is served. */
    record None() implements Fault {}

    /**
     * The request takes effect at once, its answer comes late.
     *
     * @param by how late
     */
    record Late(Duration by) implements Fault {}

    /**
     * The request takes no effect and is answered with this.
     *
     * @param status the answer; its code is the HTTP status
     */
    record Refused(Status status) implements Fault {}

    /** The connection ends before the request takes effect. */
    record CutBefore() implements Fault {}

    /** The request takes effect and the connection ends before the answer. */
    record CutAfter() implements Fault {}

    /** The request is served. */
    static Fault none() {
        return new None();
    }

    /** Refuses with this HTTP status and reason. */
    static Fault refused(int code, String reason, String message) {
        return new Refused(new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withReason(reason)
                .withMessage(message)
                .build());
    }

    /** Refuses as an API server does that takes no new objects for a namespace being deleted. */
    static Fault namespaceTerminating(String namespace) {
        return new Refused(
                ApiError.namespaceTerminating("objects", "new", namespace).status());
    }
}
