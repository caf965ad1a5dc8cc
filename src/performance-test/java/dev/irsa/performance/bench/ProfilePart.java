package dev.irsa.performance.bench;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/** The parts of the operator. A stack belongs to the part of its topmost frame that belongs to any part. */
enum ProfilePart {
    OPERATOR("the operator", "dev\\.irsa\\."),
    AWS_SDK("AWS SDK", "software\\.amazon\\.awssdk\\."),
    URL_CONNECTION("HttpURLConnection", "sun\\.net\\.www\\."),
    FABRIC8("Kubernetes client", "io\\.fabric8\\."),
    OPERATOR_SDK("Java Operator SDK", "io\\.javaoperatorsdk\\."),
    HTTP_CLIENT("JDK HTTP client", "(jdk\\.internal|java)\\.net\\.http\\."),
    TLS("TLS", "(sun\\.security|com\\.sun\\.crypto|javax\\.crypto)\\."),
    JACKSON("Jackson", "com\\.fasterxml\\.jackson\\."),
    LOGGING("logging", "(ch\\.qos\\.logback|org\\.slf4j)\\."),
    METRICS("metrics", "io\\.(micrometer|prometheus)\\."),
    LINKAGE("class loading", "(jdk\\.internal\\.(loader|reflect)|java\\.lang\\.invoke)\\."),
    /** Matches no class. */
    OTHER("other", "(?!)");

    private final String title;
    private final Pattern packages;

    ProfilePart(String title, String packages) {
        this.title = title;
        this.packages = Pattern.compile(packages);
    }

    /** Returns the name for people. */
    String title() {
        return title;
    }

    /** Returns the part that a sample belongs to. */
    static ProfilePart of(RecordedStackTrace stack) {
        return stack.getFrames().stream()
                .map(ProfilePart::of)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(OTHER);
    }

    private static Optional<ProfilePart> of(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        return Arrays.stream(values())
                .filter(part -> part.packages.matcher(type).lookingAt())
                .findFirst();
    }
}
