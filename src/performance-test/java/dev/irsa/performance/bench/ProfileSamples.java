package dev.irsa.performance.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/** The samples of one kind in one phase: CPU time in milliseconds or allocation in MiB. */
final class ProfileSamples {
    /** The event of the JDK's CPU time profiler, see JEP 509. */
    static final String CPU = "jdk.CPUTimeSample";

    /** The event of the JDK's allocation sampling. */
    static final String ALLOCATION = "jdk.ObjectAllocationSample";

    private static final String NONE = "none";

    private final Map<ProfilePart, Double> parts = new HashMap<>();
    private final Map<String, Double> methods = new HashMap<>();

    /** Returns the amount of each part. */
    Map<ProfilePart, Double> parts() {
        return parts;
    }

    /** Returns the amount of each method of the operator that was nearest to the sampled frame. */
    Map<String, Double> methods() {
        return methods;
    }

    /** Adds a sample. */
    void add(RecordedEvent sample) {
        var amount = sample.getEventType().getName().equals(CPU)
                ? sample.getDuration("samplingPeriod").toNanos() / 1e6
                : sample.getLong("weight") / 1048576.0;
        var stack = Optional.ofNullable(sample.getStackTrace());
        parts.merge(stack.map(ProfilePart::of).orElse(ProfilePart.OTHER), amount, Double::sum);
        methods.merge(stack.map(ProfileSamples::method).orElse(NONE), amount, Double::sum);
    }

    private static String method(RecordedStackTrace stack) {
        return stack.getFrames().stream()
                .map(RecordedFrame::getMethod)
                .filter(method -> method.getType().getName().startsWith("dev.irsa."))
                .map(method -> method.getType().getName() + "." + method.getName())
                .findFirst()
                .orElse(NONE);
    }

    double total() {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
