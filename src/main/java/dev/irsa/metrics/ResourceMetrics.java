package dev.irsa.metrics;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.api.v1beta1.AppliedTemplate;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.RoleStatus;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RoleFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the resources by status and reason of the condition Ready and by the progress of an adoption, their
 * associations, and the users of each policy template. A scrape counts the resources in the cache, so that reconciles
 * have no extra cost. The number of series is limited: unknown reasons count as {@code Other}, and a template counts
 * only once it was applied, because users can name any. Of the deletions that wait because a role is quarantined, the
 * first are named.
 */
final class ResourceMetrics {
    /** How many quarantined roles the metrics name. */
    private static final int MAX_NAMED = 20;

    private final Supplier<Stream<IamServiceAccount>> resources;
    private volatile Map<Readiness, Long> counts = Map.of();
    private final MultiGauge templateUsers;
    private final MultiGauge quarantined;
    private volatile long associations;
    private volatile long missingRequirements;
    private volatile Map<Adoption, Long> adoptions = Map.of();

    /** Status and reason of the condition Ready. */
    private record Readiness(String ready, String reason) {
        static final Readiness READY = new Readiness("True", "Ready");
        /** The operator has not reconciled the resource yet. */
        static final Readiness NOT_SEEN = new Readiness("Unknown", "NotSeen");
        /** A reason that another version of the operator or a user wrote. */
        static final Readiness OTHER = new Readiness("False", "Other");

        static final Set<Readiness> ALL = Stream.concat(
                        Stream.of(READY, NOT_SEEN, OTHER),
                        Arrays.stream(Reason.values()).map(reason -> new Readiness("False", reason.name())))
                .collect(Collectors.toUnmodifiableSet());

        static Readiness of(IamServiceAccount resource) {
            return resource.ready().map(Readiness::of).orElse(NOT_SEEN);
        }

        private static Readiness of(Condition ready) {
            Readiness readiness = ready.status().equals("True") ? READY : new Readiness("False", ready.reason());
            return ALL.contains(readiness) ? readiness : OTHER;
        }
    }

    ResourceMetrics(MeterRegistry registry, Supplier<Stream<IamServiceAccount>> resources) {
        this.resources = resources;
        Readiness.ALL.forEach(readiness -> Gauge.builder("irsa.resources", () -> counts.getOrDefault(readiness, 0L))
                .description("IamServiceAccounts by status and reason of their condition Ready")
                .tag("ready", readiness.ready())
                .tag("reason", readiness.reason())
                .register(registry));
        Gauge.builder("irsa.associations", () -> associations)
                .description("EKS Pod Identity associations of all IamServiceAccounts")
                .register(registry);
        Gauge.builder("irsa.roles.missing.requirements", () -> missingRequirements)
                .description("IamServiceAccounts whose roles do not have all that an IamEntitlement requires")
                .register(registry);
        for (Adoption adoption : Adoption.values()) {
            Gauge.builder("irsa.adoption.resources", () -> adoptions.getOrDefault(adoption, 0L))
                    .description("IamServiceAccounts that adopt a role, by how far the adoption is")
                    .tag("state", adoption.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        this.templateUsers = MultiGauge.builder("irsa.template.users")
                .description("IamServiceAccounts whose roles have policies of the template")
                .register(registry);
        this.quarantined = MultiGauge.builder("irsa.quarantined.deletions")
                .description("Always 1; the labels are an IamServiceAccount whose deletion waits because its role is"
                        + " quarantined, and the role; at most " + MAX_NAMED)
                .register(registry);
    }

    /** Updates the counts. */
    void count() {
        counts = counts(resource -> Stream.of(Readiness.of(resource)));
        associations = resources.get().mapToLong(ResourceMetrics::associations).sum();
        missingRequirements = resources
                .get()
                .flatMap(ResourceMetrics::status)
                .filter(status -> !status.missingRequirements().isEmpty())
                .count();
        adoptions = counts(ResourceMetrics::adoption);
        templateUsers.register(
                counts(ResourceMetrics::templates).entrySet().stream()
                        .<MultiGauge.Row<?>>map(template ->
                                MultiGauge.Row.of(Tags.of("template", template.getKey()), template.getValue()))
                        .toList(),
                true);
        quarantined.register(quarantinedDeletions(), true);
    }

    /** Counts how often each key occurs among those of all resources. */
    private <K> Map<K, Long> counts(Function<IamServiceAccount, Stream<K>> keys) {
        return resources.get().flatMap(keys).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** Few roles are quarantined at a time, and the alert has to name them. */
    private List<MultiGauge.Row<?>> quarantinedDeletions() {
        return resources
                .get()
                .filter(ResourceMetrics::isQuarantined)
                .map(resource -> Tags.of(
                        "resource",
                        resource.getMetadata().getNamespace() + "/"
                                + resource.getMetadata().getName(),
                        "role",
                        role(resource)))
                .sorted(Comparator.comparing(Tags::toString))
                .limit(MAX_NAMED)
                .<MultiGauge.Row<?>>map(tags -> MultiGauge.Row.of(tags, 1))
                .toList();
    }

    private static boolean isQuarantined(IamServiceAccount resource) {
        return resource.isMarkedForDeletion()
                && resource.ready()
                        .filter(ready -> RoleFailure.isQuarantine(ready.message()))
                        .isPresent();
    }

    private static String role(IamServiceAccount resource) {
        return status(resource)
                .flatMap(status -> Stream.ofNullable(status.role()))
                .map(RoleStatus::name)
                .findFirst()
                .orElse("unknown");
    }

    private static Stream<Adoption> adoption(IamServiceAccount resource) {
        return status(resource).flatMap(status -> Stream.ofNullable(status.adoption()));
    }

    private static Stream<String> templates(IamServiceAccount resource) {
        return status(resource)
                .flatMap(status -> status.policyTemplates().stream())
                .map(AppliedTemplate::name);
    }

    private static int associations(IamServiceAccount resource) {
        return status(resource)
                .flatMap(status -> Stream.ofNullable(status.podIdentity()))
                .mapToInt(podIdentity -> podIdentity.associations().size())
                .sum();
    }

    private static Stream<IamServiceAccountStatus> status(IamServiceAccount resource) {
        return Stream.ofNullable(resource.getStatus());
    }
}
