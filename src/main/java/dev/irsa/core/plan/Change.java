package dev.irsa.core.plan;

/**
 * One change, named after the API call that makes it. A suspended resource lists it, the edges apply it, and an event and a
 * log line report it.
 */
public sealed interface Change permits RoleChange, AssociationChange, ServiceAccountChange {
    /** Describes the change in one line. */
    String describe(Tense tense);

    /** Describes the change as an instruction in one line: "attach policy … to role …". */
    default String describe() {
        return describe(Tense.IMPERATIVE);
    }

    /** Describes the change after it was made, in one line: "attached policy … to role …". */
    default String describeDone() {
        return describe(Tense.PAST);
    }

    /** Whether a change is to be made or was made. */
    enum Tense {
        IMPERATIVE,
        PAST;

        String verb(String imperative, String past) {
            return this == IMPERATIVE ? imperative : past;
        }
    }
}
