package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.fixtures.entitlement.Platform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Generates small entitlements and requests, so that about half of the requests are allowed. */
class EntitlementPropertiesTest {
    private static final RequestingNamespace NAMESPACE =
            new RequestingNamespace("payments", Map.of("team", "payments"));
    private static final Set<String> POLICIES = Set.of("A", "B", "Ab", "'*'", "'A?'");
    private static final Set<String> ACTIONS = Set.of("'s3:*'", "'s3:Get*'", "'s3:G*'", "'sqs:*'", "'*'");
    private static final Set<String> TAGS = Set.of("{key: a, values: ['*']}", "{key: b, values: [x]}");

    @Provide
    Arbitrary<Entitlement> entitlements() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.of("{}", "{matchLabels: {team: payments}}", "{matchLabels: {team: other}}"),
                        Arbitraries.of(POLICIES).set().ofMaxSize(3),
                        Arbitraries.of(ACTIONS).set().ofMaxSize(3),
                        Arbitraries.of(TAGS).set(),
                        Arbitraries.of(
                                "", ", roleNames: ['*'], rolePaths: ['/*']", ", roleNames: [other], rolePaths: [/x/]"),
                        Arbitraries.of(
                                "",
                                ", require: {permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/x'}",
                                ", require: {permissionsBoundaryARN: 'arn:aws:iam::999988887777:policy/x'}",
                                ", limits: {sessionDurationSeconds: 3600}"))
                .as((name, selector, policies, actions, tags, names, more) -> Platform.entitlement(
                        name,
                        "{namespaceSelector: " + selector + ", allow: {managedPolicies: " + policies
                                + ", inlineActions: " + actions + ", tags: " + tags + names + "}" + more + "}"));
    }

    @Provide
    Arbitrary<EntitlementRequest> requests() {
        return Combinators.combine(
                        Arbitraries.of("A", "B", "Ab").set().ofMaxSize(2),
                        Arbitraries.of(ACTIONS).set().ofMinSize(1).ofMaxSize(2).optional(0.5),
                        Arbitraries.of("a: x", "b: x", "b: y").optional(0.5),
                        Arbitraries.of(
                                "",
                                ", name: mine",
                                ", path: /irsa/prod/x/",
                                ", maxSessionDurationSeconds: 7200",
                                ", permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/x'"))
                .as((policies, actions, tag, role) -> Platform.request("{policies: {managed: " + policies
                        + actions.map(allowed -> ", inline: [{name: doc, document: {Version: '2012-10-17', Statement:"
                                        + " [{Effect: Allow, Action: " + allowed + ", Resource: '*'}]}}]")
                                .orElse("")
                        + "}, role: {tags: {" + tag.orElse("") + "}" + role + "}}"));
    }

    @Property
    void additionalEntitlementNeverRevokesPermission(
            @ForAll("entitlements") Entitlement first,
            @ForAll("entitlements") Entitlement second,
            @ForAll("entitlements") Entitlement more,
            @ForAll("requests") EntitlementRequest request) {
        boolean allowed = isAllowed(List.of(first, second), request);
        Statistics.label("allowed").collect(allowed);
        if (allowed && !more.name().equals(first.name()) && !more.name().equals(second.name())) {
            assertThat(isAllowed(List.of(first, second, more), request)).isTrue();
        }
    }

    @Property
    void orderOfCreationDoesNotMatter(
            @ForAll("entitlements") Entitlement a,
            @ForAll("entitlements") Entitlement b,
            @ForAll("entitlements") Entitlement c,
            @ForAll("requests") EntitlementRequest request,
            @ForAll Random random) {
        Map<String, Entitlement> unique = new TreeMap<>();
        List.of(a, b, c).forEach(entitlement -> unique.put(entitlement.name(), entitlement));
        List<Entitlement> shuffled = new ArrayList<>(unique.values());
        Collections.shuffle(shuffled, random);

        assertThat(judge(shuffled, request)).isEqualTo(judge(unique.values(), request));
    }

    @Property
    void smallerRequestIsAlsoAllowed(
            @ForAll("entitlements") Entitlement first,
            @ForAll("entitlements") Entitlement second,
            @ForAll("requests") EntitlementRequest request,
            @ForAll Random random) {
        boolean allowed = isAllowed(List.of(first, second), request);
        Statistics.label("allowed").collect(allowed);
        if (allowed) {
            assertThat(isAllowed(List.of(first, second), less(request, random))).isTrue();
        }
    }

    private static EntitlementRequest less(EntitlementRequest request, Random random) {
        TreeSet<String> managed = new TreeSet<>(request.permissions().managed());
        managed.removeIf(policy -> random.nextBoolean());
        TreeMap<String, String> tags = new TreeMap<>(request.tags().own());
        tags.keySet().removeIf(key -> random.nextBoolean());
        EntitlementRequest.Permissions permissions = request.permissions();
        return new EntitlementRequest(
                new EntitlementRequest.Permissions(
                        managed,
                        random.nextBoolean() ? permissions.inline() : new TreeMap<>(),
                        permissions.templates().stream()
                                .filter(template -> random.nextBoolean())
                                .toList(),
                        permissions.boundary().filter(boundary -> random.nextBoolean())),
                new EntitlementRequest.ChosenRole(
                        random.nextBoolean() ? request.role().name() : Optional.empty(),
                        random.nextBoolean() ? request.role().path() : Optional.empty(),
                        Optional.empty()),
                random.nextBoolean() ? request.maxSessionSeconds() : RoleSpec.MIN_SESSION_SECONDS,
                new EntitlementRequest.Tags(tags, request.tags().configured()),
                request.audience(),
                1,
                false);
    }

    private static boolean isAllowed(Collection<Entitlement> entitlements, EntitlementRequest request) {
        return judge(entitlements, request) instanceof EntitlementDecision.Allowed;
    }

    private static EntitlementDecision judge(Collection<Entitlement> entitlements, EntitlementRequest request) {
        return Platform.of(entitlements).evaluate(NAMESPACE, request).decide(Map.of());
    }
}
