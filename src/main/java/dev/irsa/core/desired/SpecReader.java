package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.InlinePolicy;
import dev.irsa.api.v1alpha1.RoleSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads one spec: adds defaults, and checks what the schema cannot express. */
final class SpecReader {
    private final String namespace;
    private final String name;
    private final IamServiceAccountSpec spec;
    private final ClusterIdentity cluster;
    private final RoleIdentity identity;

    SpecReader(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        this.namespace = namespace;
        this.name = name;
        this.spec = spec;
        this.cluster = cluster;
        this.identity = identity(namespace, name, spec, cluster);
    }

    Desired read() {
        Optional<InvalidSpec> problem = InlinePolicyCheck.problem(
                        spec.policies().inline())
                .or(this::roleProblem)
                .or(this::descriptionProblem)
                .or(this::claimProblem)
                .or(() -> ServiceAccountCheck.problem(name, spec))
                .or(() -> DeliveryCheck.problem(
                        delivery(), spec.token(), cluster.delivery().trustPolicyQuota()));
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
                        Optional.ofNullable(role.permissionsBoundaryArn()),
                        tags(identity.owner()),
                        wanted.trustPolicy(wanted.kinds()),
                        managed,
                        inline(),
                        origin(),
                        cluster.roleTags(),
                        PolicyProtection.of(
                                cluster.protectedPolicies(), cluster.account().managedPoliciesPerRole()),
                        TemplatePolicies.NONE),
                serviceAccount(Desired.serviceAccountName(name, spec), wanted, identity.arn()),
                Desired.serviceAccountNames(name, spec).stream()
                        .skip(1)
                        .map(additional -> serviceAccount(additional, wanted, identity.arn()))
                        .toList(),
                wanted);
    }

    DesiredServiceAccount serviceAccount(String account, DesiredDelivery wanted, String roleArn) {
        return new DesiredServiceAccount(
                account,
                spec.serviceAccount().management(),
                DesiredServiceAccount.annotations(wanted.kinds(), roleArn, spec.token()));
    }

    DesiredDelivery delivery() {
        return new DesiredDelivery(
                cluster.delivery().effective(spec.delivery()),
                new TrustTerms(
                        cluster.account(),
                        cluster.oidcProvider(),
                        cluster.delivery().eksClusterArn(),
                        namespace,
                        Desired.serviceAccountNames(name, spec),
                        spec.token().effectiveAudience()));
    }

    RoleIdentity identity() {
        return identity;
    }

    private static RoleIdentity identity(
            String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        String given = spec.role().name();
        String roleName = given == null ? RoleName.derive(cluster.name(), namespace, name) : given;
        String path = Objects.requireNonNullElse(spec.role().path(), cluster.rolePath());
        Owner owner = cluster.owner(namespace, name);
        return new RoleIdentity(roleName, path, cluster.account().role(path, roleName), owner);
    }

    private RoleOrigin origin() {
        return switch (spec.role().adopt()) {
            case Never -> RoleOrigin.CREATED;
            case IfTagged ->
                RolePathCheck.isCreatedUnder(identity.path(), cluster)
                        ? RoleOrigin.CREATED_OR_ADOPTED
                        : RoleOrigin.ADOPTED;
        };
    }

    private SortedMap<String, String> tags(Owner owner) {
        TreeMap<String, String> tags = new TreeMap<>(spec.role().tags());
        tags.putAll(cluster.roleTags().tags());
        if (!tags.isEmpty()) {
            tags.put(UserTags.KEY, UserTags.record(tags.keySet()));
        }
        tags.putAll(owner.tags());
        return tags;
    }

    private SortedMap<String, PolicyDocument> inline() {
        TreeMap<String, PolicyDocument> inline = new TreeMap<>();
        for (InlinePolicy policy : spec.policies().inline()) {
            inline.put(policy.name(), PolicyDocument.of(policy.document()));
        }
        return inline;
    }

    private Optional<InvalidSpec> roleProblem() {
        String operatorRole = cluster.account().operatorRole();
        if (identity.name().equalsIgnoreCase(operatorRole)) {
            return Optional.of(new InvalidSpec(
                    "spec.role.name", operatorRole + " is the operator's own role; choose another name"));
        }
        return RolePathCheck.problem(identity, spec.role().adopt(), cluster)
                .or(this::derivedNameProblem)
                .or(this::tagProblem);
    }

    /** IAM may store a carriage return as a line feed. The description would then differ from the spec forever. */
    private Optional<InvalidSpec> descriptionProblem() {
        return spec.role().description().indexOf('\r') < 0
                ? Optional.empty()
                : Optional.of(new InvalidSpec(
                        "spec.role.description",
                        "it contains a carriage return, which IAM may change; end lines with a line feed only"));
    }

    private Optional<InvalidSpec> tagProblem() {
        return cluster.roleTags().conflict(spec.role().tags()).map(why -> new InvalidSpec("spec.role.tags", why));
    }

    /** A resource must not take the name that is derived for another resource. */
    private Optional<InvalidSpec> derivedNameProblem() {
        String chosen = identity.name();
        if (chosen.equalsIgnoreCase(RoleName.derive(cluster.name(), namespace, name))) {
            return Optional.empty();
        }
        Optional<String> form = RoleName.isPlain(cluster.name(), chosen)
                ? Optional.of("of the form " + RoleName.head(cluster.name()) + "NAMESPACE_NAME")
                : Optional.of("that end in __ and 16 hexadecimal digits").filter(_ -> RoleName.isHashed(chosen));
        return form.map(reserved -> new InvalidSpec(
                "spec.role.name", "names " + reserved + " are reserved for default role names; choose another name"));
    }

    /** What the trust policy pins must be literal. */
    Optional<InvalidSpec> claimProblem() {
        Map<String, String> claims = new TreeMap<>();
        claims.put("spec.serviceAccount.name", Desired.serviceAccountName(name, spec));
        claims.put("spec.token.audience", spec.token().effectiveAudience());
        return claims.entrySet().stream()
                .filter(claim -> !TrustPolicy.isLiteral(claim.getValue()))
                .findFirst()
                .map(claim -> new InvalidSpec(
                        claim.getKey(),
                        "\"" + claim.getValue() + "\" is not allowed in a trust policy; remove *, ? and $"));
    }
}
