package dev.irsa.core.entitlement;

import dev.irsa.api.v1beta1.AllowSpec;
import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.TagLimit;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.ExternalRole;
import dev.irsa.core.desired.Requirements;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.policy.ActionAllowlist;
import dev.irsa.core.policy.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A parsed entitlement. An invalid one allows nothing. */
public final class Entitlement {
    private final String name;
    private final IamEntitlementSpec spec;
    private final List<String> problems;
    private final RequirementRules required;
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
        this.required = new RequirementRules(name, spec.require(), account);
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
        problems.addAll(RequirementRules.problems(spec.require(), account));
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

    /** Returns this version of it, with what it requires in a namespace. */
    EntitlementVersion version(Requirements requirements) {
        return new EntitlementVersion(spec, requirements);
    }

    /** Returns what is invalid in it; empty if it is valid. */
    public List<String> problems() {
        return problems;
    }

    /** Returns what it requires of the roles in a namespace. */
    public Requirements requirements(RequestingNamespace namespace) {
        return required.in(namespace);
    }

    /** Returns whether it applies to a namespace. */
    public boolean selects(RequestingNamespace namespace) {
        return spec.selects(namespace.labels());
    }

    /** Returns the labels that a namespace needs to be selected; empty if it needs more than labels. */
    Optional<Map<String, String>> selectingLabels() {
        return Optional.ofNullable(spec.namespaceSelector())
                .filter(selector -> selector.matchExpressions().isEmpty())
                .map(selector -> selector.matchLabels());
    }

    /**
     * Returns the objections to the request of a resource in a namespace except for the quota, each to be read after "because".
     */
    List<String> objections(EntitlementRequest request, RequestingNamespace namespace) {
        if (!problems.isEmpty()) {
            return List.of("it is invalid: " + String.join("; ", problems));
        }
        Requirements requirements = requirements(namespace);
        List<String> objections = new ArrayList<>();
        for (String arn : request.permissions().managed()) {
            if (!allowsManaged(arn, requirements)) {
                objections.add("managed policy " + arn + " is not in allow.managedPolicies");
            }
        }
        actions.excessOf(request.permissions().inline())
                .forEach((policy, excess) ->
                        objections.add("in inline policy " + policy + ", " + String.join(", and ", excess)));
        objections.addAll(templates.objections(request.permissions().templates()));
        objections.addAll(required.objections(request, namespace));
        sessionObjection(request).ifPresent(objections::add);
        serviceAccountObjection(request).ifPresent(objections::add);
        request.tags().own().forEach((key, value) -> {
            // What is required with another value is an objection already.
            if (!requirements.tags().containsKey(key) && !allowsTag(key, value, requirements)) {
                objections.add("tag " + key + "=" + value + " is not in allow.tags");
            }
        });
        objections.addAll(nameObjections(request.role()));
        request.role()
                .external()
                .filter(arn -> externalRoles.stream().noneMatch(allowed -> allowed.matches(arn)))
                .ifPresent(arn -> objections.add("role " + arn + " is not in allow.externalRoleARNs"));
        if (request.retains() && !spec.allow().deletionPolicies().contains(DeletionPolicy.Retain)) {
            objections.add("deletionPolicy is Retain and allow.deletionPolicies does not contain it");
        }
        return objections;
    }

    /** Returns whether it allows the name and the path of a role. One that became invalid may have allowed it before. */
    boolean allows(EntitlementRequest.ChosenRole role) {
        return nameObjections(role).isEmpty();
    }

    private List<String> nameObjections(EntitlementRequest.ChosenRole role) {
        List<String> objections = new ArrayList<>();
        role.name()
                .flatMap(name -> objection("role.name", name, "allow.roleNames", roleNames))
                .ifPresent(objections::add);
        role.path()
                .flatMap(path -> objection("role.path", path, "allow.rolePaths", rolePaths))
                .ifPresent(objections::add);
        return objections;
    }

    private static Optional<String> objection(String field, String value, String limit, List<Glob> allowed) {
        if (allowed.isEmpty()) {
            return Optional.of(field + " is set and " + limit + " is empty");
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
                        + " ServiceAccounts and limits.serviceAccountsPerRole allows " + limit);
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
                        + "); delete a resource that is not needed")
                .stream()
                .toList();
    }

    /** Returns whether it allows what a role has in addition to a request that it allows, and requires nothing else. */
    boolean allows(DesiredRole role, Requirements requirements) {
        TreeMap<String, String> tags = new TreeMap<>(TagKeys.ORDER);
        tags.putAll(role.tags());
        return (requirements.boundary().isEmpty() || requirements.boundary().equals(role.boundary()))
                && role.managed().containsAll(requirements.managed())
                && role.managed().stream().allMatch(arn -> allowsManaged(arn, requirements))
                && requirements.tags().entrySet().stream()
                        .allMatch(tag -> tag.getValue().equals(tags.get(tag.getKey())))
                && role.tags().entrySet().stream()
                        .filter(tag -> role.isUserTag(tag.getKey()))
                        .allMatch(tag -> allowsTag(tag.getKey(), tag.getValue(), requirements));
    }

    private boolean allowsManaged(String arn, Requirements requirements) {
        return requirements.managed().contains(arn) || managed.stream().anyMatch(allowed -> allowed.matches(arn));
    }

    private boolean allowsTag(String key, String value, Requirements requirements) {
        return value.equals(requirements.tags().get(key))
                || spec.allow().tags().stream().anyMatch(limit -> allows(limit, key, value));
    }

    /** IAM treats tag keys as case-insensitive and tag values as case-sensitive. */
    private static boolean allows(TagLimit limit, String key, String value) {
        return Glob.ignoringCase(limit.key()).matches(key)
                && limit.values().stream().anyMatch(allowed -> Glob.of(allowed).matches(value));
    }
}
