package dev.irsa.metrics;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many resources stand how. They are counted when somebody asks, from what a watch keeps: a reconcile pays nothing
 * for it. There are as many series as reasons, whatever a status says.
 */
final class ResourceMetrics {
    private final Supplier<Stream<IamServiceAccount>> resources;
    private volatile Map<Standing, Long> counts = Map.of();

    /** What the condition Ready says. */
    private record Standing(String ready, String reason) {
        static final Standing READY = new Standing("True", "Ready");
        /** The operator has not got to it yet. */
        static final Standing NOT_SEEN = new Standing("Unknown", "NotSeen");
        /** Of a status that another version of the operator wrote, or somebody's hand. */
        static final Standing OTHER = new Standing("False", "Other");

        static final Set<Standing> ALL = Stream.concat(
                        Stream.of(READY, NOT_SEEN, OTHER),
                        Arrays.stream(Reason.values()).map(reason -> new Standing("False", reason.name())))
                .collect(Collectors.toUnmodifiableSet());

        static Standing of(IamServiceAccount resource) {
            return resource.ready().map(Standing::of).orElse(NOT_SEEN);
        }

        private static Standing of(Condition ready) {
            Standing standing = ready.status().equals("True") ? READY : new Standing("False", ready.reason());
            return ALL.contains(standing) ? standing : OTHER;
        }
    }

    ResourceMetrics(MeterRegistry registry, Supplier<Stream<IamServiceAccount>> resources) {
        this.resources = resources;
        Standing.ALL.forEach(standing -> Gauge.builder("irsa.resources", () -> counts.getOrDefault(standing, 0L))
                .description("IamServiceAccounts by status and reason of their condition Ready")
                .tag("ready", standing.ready())
                .tag("reason", standing.reason())
                .register(registry));
    }

    /** Counts anew. */
    void count() {
        counts = resources
                .get()
                .map(Standing::of)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
