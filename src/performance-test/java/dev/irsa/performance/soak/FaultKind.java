package dev.irsa.performance.soak;

import java.util.regex.Pattern;

/** The faults, in the order of injection, and the warnings of the operator that each explains. */
enum FaultKind {
    THROTTLED("AWS accepts one call per second and throttles the others", "Throttled|slow down|throttling"),
    API_SERVER_DOWN("the API server is killed and started again", Patterns.KUBERNETES),
    CUT("connections to AWS are cut", Patterns.NO_ANSWER),
    LOST("calls to AWS take effect, but the responses are lost", Patterns.NO_ANSWER),
    SLOW("AWS responds after 5 seconds", Patterns.NO_ANSWER),
    ETCD_FROZEN("etcd is frozen, and requests to the API server hang", Patterns.KUBERNETES),
    FAILING("AWS returns HTTP status 500", "ServiceFailure|HTTP status 500"),
    NONSENSE("AWS returns the page of a captive portal", Patterns.NO_ANSWER);

    private final String what;
    private final Pattern explains;

    FaultKind(String what, String explains) {
        this.what = what;
        this.explains = Pattern.compile(explains);
    }

    /** Returns a description. */
    String what() {
        return what;
    }

    /** Returns whether this fault explains a warning. No fault explains a stack trace. */
    boolean explains(LogLine line) {
        return !line.trace()
                && explains.matcher(line.logger() + " " + line.message()).find();
    }

    /** A nested class, because enum constants are created before the static fields of the enum. */
    private static final class Patterns {
        static final String NO_ANSWER = "AwsUnavailable|AWS returned no usable response";
        /** Responses of an API server that has not loaded its RBAC rules yet. */
        static final String NOT_READY = "is forbidden|DefinitionUnreadable";

        static final String KUBERNETES = "KubernetesUnavailable|API server returned no usable response|" + NOT_READY
                + "|cannot write |^io\\.fabric8\\.|^io\\.javaoperatorsdk\\.";
    }
}
