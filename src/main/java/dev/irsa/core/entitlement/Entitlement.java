package dev.irsa.core.entitlement;

import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.api.v1alpha1.TagLimit;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.policy.ActionLimit;
import dev.irsa.core.policy.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An entitlement, made ready to be asked. One in which something is wrong allows nothing. */
public final class Entitlement {
    private final String name;
    private final IamEntitlementSpec spec;
    private final List<String> problems;
    private final List<Glob> managed;
    private final ActionLimit actions;

    private Entitlement(String name, IamEntitlementSpec spec, List<String> problems, AwsAccount account) {
        this.name = name;
        this.spec = spec;
        this.problems = List.copyOf(problems);
        this.managed = spec.managedPolicies().stream()
                .map(policy -> Glob.of(account.managedPolicy(policy)))
                .toList();
        this.actions = ActionLimit.of(problems.isEmpty() ? spec.inlineActions() : List.of());
    }

    /** The entitlement of this name and spec, in an account. */
    public static Entitlement of(String name, IamEntitlementSpec spec, AwsAccount account) {
        List<String> problems = new ArrayList<>(ActionLimit.problemsOf(spec.inlineActions()));
        boundary(spec)
                .filter(boundary -> !account.mayUse(boundary))
                .ifPresent(boundary -> problems.add("permissionsBoundaryArn " + boundary + " is of another account or"
                        + " partition than the roles, which live in " + account.partition() + " " + account.id()));
        return new Entitlement(name, spec, problems, account);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What is wrong with it; empty when it can be used. */
    public List<String> problems() {
        return problems;
    }

    /** ARN of the permissions boundary that it gives to each role. */
    Optional<String> boundary() {
        return boundary(spec);
    }

    private static Optional<String> boundary(IamEntitlementSpec spec) {
        return Optional.ofNullable(spec.permissionsBoundaryArn());
    }

    boolean selects(RequestingNamespace applicant) {
        return spec.selects(applicant.labels());
    }

    /** The labels that a namespace needs to be selected, when nothing else is asked of it. */
    Optional<Map<String, String>> selectingLabels() {
        return Optional.ofNullable(spec.namespaceSelector())
                .filter(selector -> selector.matchExpressions().isEmpty())
                .map(selector -> selector.matchLabels());
    }

    /** All that speaks against a request, places aside, each to be read after "because". */
    List<String> objections(EntitlementRequest request) {
        if (!problems.isEmpty()) {
            return List.of("it is not valid itself: " + String.join("; ", problems));
        }
        List<String> objections = new ArrayList<>();
        for (String arn : request.managed()) {
            if (managed.stream().noneMatch(allowed -> allowed.matches(arn))) {
                objections.add("managedPolicies does not list " + arn);
            }
        }
        actions.excessOf(request.inline())
                .forEach((policy, excess) ->
                        objections.add("of inline policy " + policy + ", " + String.join(", and ", excess)));
        boundaryObjection(request).ifPresent(objections::add);
        request.tags().forEach((key, value) -> {
            if (spec.tags().stream().noneMatch(limit -> allows(limit, key, value))) {
                objections.add("tags does not list " + key + "=" + value);
            }
        });
        if (!spec.customRoleNames()) {
            request.chosenName().ifPresent(chosen -> objections.add("customRoleNames is false and role.name is given"));
            request.chosenPath().ifPresent(chosen -> objections.add("customRoleNames is false and role.path is given"));
        }
        return objections;
    }

    /** Returns the largest number of roles in a namespace; empty if it is unlimited. */
    Optional<Integer> maxRoles() {
        return Optional.ofNullable(spec.maxRolesPerNamespace());
    }

    /** Returns why there is no room for a role that this many precede; empty if there is. */
    List<String> quotaObjections(int preceding) {
        return maxRoles()
                .filter(max -> preceding >= max)
                .map(max -> "maxRolesPerNamespace is " + max + " and the namespace has as many; delete one that is not"
                        + " needed")
                .stream()
                .toList();
    }

    private Optional<String> boundaryObjection(EntitlementRequest request) {
        return request.boundary()
                .filter(asked -> boundary().isPresent() && !boundary().equals(request.boundary()))
                .map(asked -> "role.permissionsBoundaryArn is " + asked + " and it requires "
                        + boundary().orElseThrow() + "; leave it out, and it is given");
    }

    /** IAM takes keys that differ in case for the same; values it tells apart. */
    private static boolean allows(TagLimit limit, String key, String value) {
        return Glob.ignoringCase(limit.key()).matches(key)
                && limit.values().stream().anyMatch(allowed -> Glob.of(allowed).matches(value));
    }
}
