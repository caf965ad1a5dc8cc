package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads one spec: adds defaults, and checks what the schema cannot express. */
record SpecReader(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
    Desired read() {
        RoleIdentity identity = identity();
        Optional<InvalidSpec> problem = InlinePolicyCheck.problem(
                        spec.policies().inline())
                .or(() -> new RoleCheck(namespace, name, spec.role(), cluster, identity).problem())
                .or(this::claimProblem)
                .or(() -> DeliveryCheck.problem(delivery(), spec.token(), cluster.delivery()));
        if (problem.isPresent()) {
            return new Desired.Invalid(problem.get());
        }
        RoleSpec role = spec.role();
        DesiredDelivery wanted = delivery();
        TreeSet<String> managed = new TreeSet<>();
        spec.policies()
                .managed()
                .forEach(policy -> managed.add(cluster.account().managedPolicy(policy)));
        return new Desired.Valid(
                new DesiredRole(
                        identity,
                        role.description(),
                        role.maxSessionDurationSeconds(),
                        Optional.ofNullable(role.permissionsBoundaryARN()),
                        tags(identity.owner()),
                        wanted.trustPolicy(wanted.kinds()),
                        managed,
                        inline(),
                        origin(identity),
                        cluster.roleTags(),
                        PolicyProtection.of(
                                cluster.protectedPolicies(), cluster.account().managedPoliciesPerRole()),
                        TemplatePolicies.NONE,
                        RequiredPolicies.NONE),
                serviceAccounts(wanted, identity.arn()),
                wanted);
    }

    List<DesiredServiceAccount> serviceAccounts(DesiredDelivery wanted, String roleArn) {
        return spec.effectiveServiceAccounts(name).stream()
                .map(account -> new DesiredServiceAccount(
                        account.name(),
                        account.management(),
                        DesiredServiceAccount.annotations(wanted.kinds(), roleArn, spec.token())))
                .toList();
    }

    DesiredDelivery delivery() {
        return new DesiredDelivery(
                cluster.delivery().effective(spec.delivery()),
                new TrustTerms(
                        cluster.account(),
                        cluster.oidcProvider(),
                        cluster.previousProviders(),
                        cluster.delivery().eksClusterArn(),
                        namespace,
                        Desired.serviceAccountNames(name, spec),
                        spec.token().effectiveAudience()));
    }

    RoleIdentity identity() {
        String roleName = RoleName.of(cluster.name(), namespace, name, spec.role());
        String path = Objects.requireNonNullElse(spec.role().path(), cluster.rolePath());
        Owner owner = cluster.owner(namespace, name);
        return new RoleIdentity(roleName, path, cluster.account().role(path, roleName), owner);
    }

    private RoleOrigin origin(RoleIdentity identity) {
        return switch (spec.role().adoption()) {
            case Never -> RoleOrigin.CREATED;
            case IfOffered ->
                RoleCheck.isCreatedUnder(identity.path(), cluster) ? RoleOrigin.CREATED_OR_ADOPTED : RoleOrigin.ADOPTED;
        };
    }

    private SortedMap<String, String> tags(Owner owner) {
        TreeMap<String, String> tags = new TreeMap<>(spec.role().tags());
        tags.putAll(cluster.roleTags().tags());
        tags.putAll(owner.tags());
        return UserTags.recordedIn(tags);
    }

    private SortedMap<String, PolicyDocument> inline() {
        TreeMap<String, PolicyDocument> inline = new TreeMap<>();
        for (InlinePolicy policy : spec.policies().inline()) {
            inline.put(policy.name(), PolicyDocument.of(policy.document()));
        }
        return inline;
    }

    /** What the trust policy pins must be literal. It must not rely on the schema. */
    Optional<InvalidSpec> claimProblem() {
        return Stream.concat(
                        Desired.serviceAccountNames(name, spec).stream()
                                .map(account -> Map.entry("spec.serviceAccounts", account)),
                        Stream.of(Map.entry("spec.token.audience", spec.token().effectiveAudience())))
                .filter(claim -> !TrustPolicy.isLiteral(claim.getValue()))
                .findFirst()
                .map(claim -> new InvalidSpec(
                        claim.getKey(),
                        "\"" + claim.getValue() + "\" is not allowed in a trust policy; remove *, ? and $"));
    }
}
