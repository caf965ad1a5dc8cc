package dev.irsa.core.entitlement;

import dev.irsa.api.v1beta1.AllowSpec;
import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.TagLimit;
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
    private final List<Glob> roleNames;
    private final List<Glob> rolePaths;

    private Entitlement(String name, IamEntitlementSpec spec, List<String> problems, AwsAccount account) {
        this.name = name;
        this.spec = spec;
        this.problems = List.copyOf(problems);
        AllowSpec allow = spec.allow();
        this.managed = allow.managedPolicies().stream()
                .map(policy -> Glob.of(account.managedPolicy(policy)))
                .toList();
        this.externalRoles = globs(allow.externalRoleARNs());
        this.roleNames = globs(allow.roleNames());
        this.rolePaths = globs(allow.rolePaths());
        this.actions = ActionAllowlist.of(problems.isEmpty() ? allow.inlineActions() : List.of());
        this.templates = new TemplateLimits(allow.templates());
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::of).toList();
    }

    /** Parses the entitlement of this name and spec for an account. */
    public static Entitlement of(String name, IamEntitlementSpec spec, AwsAccount account) {
        List<String> problems =
                new ArrayList<>(ActionAllowlist.problemsOf(spec.allow().inlineActions()));
        boundary(spec)
                .filter(boundary -> !account.mayUse(boundary))
                .ifPresent(boundary -> problems.add("require.permissionsBoundaryARN " + boundary
                        + " is not in the account of the roles (" + account.id() + ", partition " + account.partition()
                        + "); choose a policy of that account"));
        spec.allow().externalRoleARNs().stream()
                .filter(glob -> !ExternalRole.isGlob(glob))
                .forEach(glob -> problems.add("allow.externalRoleARNs " + glob
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
        return Optional.ofNullable(spec.require().permissionsBoundaryARN());
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
                objections.add("managed policy " + arn + " is not in allow.managedPolicies");
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
            if (spec.allow().tags().stream().noneMatch(limit -> allows(limit, key, value))) {
                objections.add("tag " + key + "=" + value + " is not in allow.tags");
            }
        });
        objections.addAll(nameObjections(request));
        request.role()
                .external()
                .filter(arn -> externalRoles.stream().noneMatch(allowed -> allowed.matches(arn)))
                .ifPresent(arn -> objections.add(
                        "role " + arn + " is not in allow.externalRoleARNs, to which a platform engineer can add it"));
        if (request.retains() && !spec.allow().deletionPolicies().contains(DeletionPolicy.Retain)) {
            objections.add("deletionPolicy is Retain and allow.deletionPolicies does not contain it");
        }
        return objections;
    }

    private List<String> nameObjections(EntitlementRequest request) {
        List<String> objections = new ArrayList<>();
        request.role()
                .name()
                .flatMap(name -> objection("role.name", name, "allow.roleNames", roleNames))
                .ifPresent(objections::add);
        request.role()
                .path()
                .flatMap(path -> objection("role.path", path, "allow.rolePaths", rolePaths))
                .ifPresent(objections::add);
        return objections;
    }

    private static Optional<String> objection(String field, String value, String limit, List<Glob> allowed) {
        if (allowed.isEmpty()) {
            return Optional.of(field + " is set and " + limit + " is empty; omit the field");
        }
        return allowed.stream().anyMatch(glob -> glob.matches(value))
                ? Optional.empty()
                : Optional.of(field + " is " + value + ", which is not in " + limit);
    }

    private Optional<String> sessionObjection(EntitlementRequest request) {
        int requested = request.maxSessionSeconds();
        return Optional.ofNullable(spec.limits().sessionDurationSeconds())
                .filter(limit -> requested > limit)
                .map(limit -> "role.maxSessionDurationSeconds is " + requested
                        + " and limits.sessionDurationSeconds allows at most " + limit);
    }

    private Optional<String> serviceAccountObjection(EntitlementRequest request) {
        int limit = Objects.requireNonNullElse(spec.limits().serviceAccountsPerRole(), 1);
        return request.serviceAccounts() <= limit
                ? Optional.empty()
                : Optional.of("the role would have " + request.serviceAccounts()
                        + " ServiceAccounts and limits.serviceAccountsPerRole allows " + limit
                        + "; shorten serviceAccounts, or ask a platform engineer to set"
                        + " limits.serviceAccountsPerRole to at least " + request.serviceAccounts());
    }

    /** Returns the largest number of roles in a namespace; empty if it is unlimited. */
    Optional<Integer> maxRoles() {
        return Optional.ofNullable(spec.limits().rolesPerNamespace());
    }

    /** Returns why there is no room for a role that this many precede; empty if there is. */
    List<String> quotaObjections(int preceding) {
        return maxRoles()
                .filter(max -> preceding >= max)
                .map(max -> "the namespace has reached limits.rolesPerNamespace (" + max
                        + "); delete a resource that is not" + " needed")
                .stream()
                .toList();
    }

    private Optional<String> boundaryObjection(EntitlementRequest request) {
        return request.permissions()
                .boundary()
                .filter(asked -> boundary().isPresent()
                        && !boundary().equals(request.permissions().boundary()))
                .map(asked -> "role.permissionsBoundaryARN is " + asked + " instead of the required "
                        + boundary().orElseThrow() + "; omit the field to use the required boundary");
    }

    /** IAM treats tag keys as case-insensitive and tag values as case-sensitive. */
    private static boolean allows(TagLimit limit, String key, String value) {
        return Glob.ignoringCase(limit.key()).matches(key)
                && limit.values().stream().anyMatch(allowed -> Glob.of(allowed).matches(value));
    }
}
