package dev.irsa.core.access;

/** How much of what is asked about an element of a policy matches. */
enum Extent {
    NONE,
    /** A part, or perhaps all or nothing. */
    SOME,
    ALL;

    /** Returns the extent of what this leaves out. */
    Extent opposite() {
        return switch (this) {
            case NONE -> ALL;
            case SOME -> SOME;
            case ALL -> NONE;
        };
    }

    /** Returns the extent of what both match. */
    Extent and(Extent other) {
        return this == NONE || other == NONE ? NONE : this == ALL && other == ALL ? ALL : SOME;
    }
}
