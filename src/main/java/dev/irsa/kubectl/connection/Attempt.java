package dev.irsa.kubectl.connection;

import dev.irsa.kubectl.diagnosis.Evidence;

/** The result of an attempt to read AWS with some credentials. */
sealed interface Attempt {
    record Works(AwsReads reads) implements Attempt {}

    /**
     * Other credentials may work.
     *
     * @param remedy what the user can do, other than to use other credentials
     */
    record NotWithThese(String why, String remedy) implements Attempt {
        /** There is nothing to do, other than to use other credentials. */
        NotWithThese(String why) {
            this(why, "");
        }
    }

    /** No credentials would help. */
    record WithNone(String problem) implements Attempt {}

    default Evidence<AwsReads> evidence() {
        return switch (this) {
            case Works(AwsReads reads) -> Evidence.of(reads);
            case NotWithThese(String why, String remedy) -> Evidence.unreadable(why + "; " + remedy);
            case WithNone(String problem) -> Evidence.unreadable(problem);
        };
    }
}
