package dev.irsa.performance.soak;

import java.util.regex.Pattern;

/** What goes wrong, one after the other in this order, and which warnings of the operator it explains. */
enum FaultKind {
    THROTTLED("AWS takes one call a second, and refuses the others as too many", "is throttling"),
    API_SERVER_DOWN("the API server is killed and started again", Patterns.KUBERNETES),
    CUT("connections to AWS are cut", Patterns.NO_ANSWER),
    LOST("AWS does what it is asked, and its answers are lost", Patterns.NO_ANSWER),
    SLOW("AWS takes 5 seconds for an answer", Patterns.NO_ANSWER),
    ETCD_FROZEN("etcd stands still, and the API server's requests hang", Patterns.KUBERNETES),
    FAILING("AWS answers with errors of its own, HTTP status 500", "ServiceFailure|HTTP status 500"),
    NONSENSE("AWS answers with the page of a hotel's wi-fi", Patterns.NO_ANSWER);

    private final String what;
    private final Pattern explains;

    FaultKind(String what, String explains) {
        this.what = what;
        this.explains = Pattern.compile(explains);
    }

    /** In a sentence. */
    String what() {
        return what;
    }

    /** Whether a warning speaks of such a fault; none explains a stack trace. */
    boolean explains(LogLine line) {
        return !line.trace()
                && explains.matcher(line.logger() + " " + line.message()).find();
    }

    /** Patterns are made before the constants of an enum can see its own fields. */
    private static final class Patterns {
        static final String NO_ANSWER = "AWS returned no usable response";
        /** What an API server refuses that answers before it has read who may do what. */
        static final String NOT_READY = "is forbidden|DefinitionUnreadable";

        static final String KUBERNETES = "API server returned no usable response|" + NOT_READY
                + "|cannot write |^io\\.fabric8\\.|^io\\.javaoperatorsdk\\.";
    }
}
