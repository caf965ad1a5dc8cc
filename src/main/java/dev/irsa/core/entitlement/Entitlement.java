package dev.irsa.core.entitlement;

import dev.irsa.api.v1alpha1.DeletionPolicy;
import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.api.v1alpha1.TagLimit;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ExternalRole;
import dev.irsa.core.policy.ActionAllowlist;
import dev.irsa.core.policy.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A parsed entitlement. An invalid one allows nothing. */
public final class Entitlement {
    private final String name;
    private final IamEntitlementSpec spec;
    private final List<String> problems;
    private final List<Glob> managed;
    private final ActionAllowlist actions;
    private final TemplateLimits templates;
    private final List<Glob> externalRoles;

    private Entitlement(String name, IamEntitlementSpec spec, List<String> problems, AwsAccount account) {
        this.name = name;
        this.spec = spec;
        this.problems = List.copyOf(problems);
        this.managed = spec.managedPolicies().stream()
                .map(policy -> Glob.of(account.managedPolicy(policy)))
                .toList();
        this.externalRoles = spec.externalRoleArns().stream().map(Glob::of).toList();
        this.actions = ActionAllowlist.of(problems.isEmpty() ? spec.inlineActions() : List.of());
        this.templates = new TemplateLimits(spec.templates());
    }

    /** Parses the entitlement of this name and spec for an account. */
    public static Entitlement of(String name, IamEntitlementSpec spec, AwsAccount account) {
        List<String> problems = new ArrayList<>(ActionAllowlist.problemsOf(spec.inlineActions()));
        boundary(spec)
                .filter(boundary -> !account.mayUse(boundary))
                .ifPresent(boundary -> problems.add("permissionsBoundaryArn " + boundary
                        + " is not in the account of the roles (" + account.id() + ", partition " + account.partition()
                        + "); choose a policy of that account"));
        spec.externalRoleArns().stream()
                .filter(glob -> !ExternalRole.isGlob(glob))
                .forEach(glob -> problems.add("externalRoleArns " + glob
                        + " is not the ARN of a role; write the partition and the account literally, and wildcards"
                        + " only in the path and the name"));
        return new Entitlement(name, spec, problems, account);
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns its name and what it allows. */
    public EntitlementVersion version() {
        return new EntitlementVersion(name, spec);
    }

    /** Returns what is invalid in it; empty if it is valid. */
    public List<String> problems() {
        return problems;
    }

    /** Returns the ARN of the permissions boundary that it requires on each role. */
    Optional<String> boundary() {
        return boundary(spec);
    }

    private static Optional<String> boundary(IamEntitlementSpec spec) {
        return Optional.ofNullable(spec.permissionsBoundaryArn());
    }

    boolean selects(RequestingNamespace namespace) {
        return spec.selects(namespace.labels());
    }

    /** Returns the labels that a namespace needs to be selected; empty if it needs more than labels. */
    Optional<Map<String, String>> selectingLabels() {
        return Optional.ofNullable(spec.namespaceSelector())
                .filter(selector -> selector.matchExpressions().isEmpty())
                .map(selector -> selector.matchLabels());
    }

    /** Returns the objections to a request except for the quota, each to be read after "because". */
    List<String> objections(EntitlementRequest request) {
        if (!problems.isEmpty()) {
            return List.of("it is invalid: " + String.join("; ", problems));
        }
        List<String> objections = new ArrayList<>();
        for (String arn : request.permissions().managed()) {
            if (managed.stream().noneMatch(allowed -> allowed.matches(arn))) {
                objections.add("managed policy " + arn + " is not in managedPolicies");
            }
        }
        actions.excessOf(request.permissions().inline())
                .forEach((policy, excess) ->
                        objections.add("in inline policy " + policy + ", " + String.join(", and ", excess)));
        objections.addAll(templates.objections(request.permissions().templates()));
        boundaryObjection(request).ifPresent(objections::add);
        sessionObjection(request).ifPresent(objections::add);
        serviceAccountObjection(request).ifPresent(objections::add);
        request.tags().forEach((key, value) -> {
            if (spec.tags().stream().noneMatch(limit -> allows(limit, key, value))) {
                objections.add("tag " + key + "=" + value + " is not in tags");
            }
        });
        objections.addAll(nameObjections(request));
        request.role()
                .external()
                .filter(arn -> externalRoles.stream().noneMatch(allowed -> allowed.matches(arn)))
                .ifPresent(arn -> objections.add(
                        "role " + arn + " is not in externalRoleArns, to which a platform engineer can add it"));
        if (request.retains() && !spec.deletionPolicies().contains(DeletionPolicy.Retain)) {
            objections.add("deletionPolicy is Retain and deletionPolicies does not contain it");
        }
        return objections;
    }

    private List<String> nameObjections(EntitlementRequest request) {
        List<String> objections = new ArrayList<>();
        if (!spec.customRoleNames()) {
            request.role().name().ifPresent(chosen -> objections.add("role.name is set but customRoleNames is false"));
            request.role().path().ifPresent(chosen -> objections.add("role.path is set but customRoleNames is false"));
            return objections;
        }
        Optional.ofNullable(spec.roleNamePrefix())
                .ifPresent(prefix -> request.role()
                        .name()
                        .filter(chosen -> !chosen.startsWith(prefix))
                        .ifPresent(chosen -> objections.add("role.name is " + chosen
                                + " and roleNamePrefix requires that it begins with " + prefix)));
        return objections;
    }

    private Optional<String> sessionObjection(EntitlementRequest request) {
        int requested = request.maxSessionSeconds();
        return Optional.ofNullable(spec.maxSessionDurationSeconds())
                .filter(limit -> requested > limit)
                .map(limit -> "role.maxSessionDurationSeconds is " + requested
                        + " and maxSessionDurationSeconds allows at most " + limit);
    }

    private Optional<String> serviceAccountObjection(EntitlementRequest request) {
        int limit = Objects.requireNonNullElse(spec.maxServiceAccountsPerRole(), 1);
        return request.serviceAccounts() <= limit
                ? Optional.empty()
                : Optional.of("the role would have " + request.serviceAccounts()
                        + " ServiceAccounts and maxServiceAccountsPerRole allows " + limit
                        + "; shorten serviceAccount.additional, or ask a platform engineer to set"
                        + " maxServiceAccountsPerRole to at least " + request.serviceAccounts());
    }

    /** Returns the largest number of roles in a namespace; empty if it is unlimited. */
    Optional<Integer> maxRoles() {
        return Optional.ofNullable(spec.maxRolesPerNamespace());
    }

    /** Returns why there is no room for a role that this many precede; empty if there is. */
    List<String> quotaObjections(int preceding) {
        return maxRoles()
                .filter(max -> preceding >= max)
                .map(max -> "the namespace has reached maxRolesPerNamespace (" + max
                        + "); delete a resource that is not" + " needed")
                .stream()
                .toList();
    }

    private Optional<String> boundaryObjection(EntitlementRequest request) {
        return request.permissions()
                .boundary()
                .filter(asked -> boundary().isPresent()
                        && !boundary().equals(request.permissions().boundary()))
                .map(asked -> "role.permissionsBoundaryArn is " + asked + " instead of the required "
                        + boundary().orElseThrow() + "; omit the field to use the required boundary");
    }

    /** IAM treats tag keys as case-insensitive and tag values as case-sensitive. */
    private static boolean allows(TagLimit limit, String key, String value) {
        return Glob.ignoringCase(limit.key()).matches(key)
                && limit.values().stream().anyMatch(allowed -> Glob.of(allowed).matches(value));
    }
}
