package dev.irsa.core.access;

import dev.irsa.core.policy.Glob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a statement of a role allows for one service, as far as the boundary and statements that deny limit it alike.
 *
 * @param service such as s3; a star stands for several
 * @param allowed "no" if the role has no use of the statement, because of a Deny or the boundary
 * @param actions as in the statement
 * @param resources as in the statement
 * @param policy the name of an inline policy, or the ARN of a managed one
 * @param reasons why not, or on what it depends, each as a clause
 */
public record AllowedAccess(
        String service,
        Answer allowed,
        List<String> actions,
        List<String> resources,
        String policy,
        List<String> reasons) {
    private static final String ALL = "*";

    public AllowedAccess {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        reasons = List.copyOf(reasons);
    }

    /** Returns everything that the policies of a role allow, in their order. */
    public static List<AllowedAccess> of(RoleAccess role) {
        List<AllowedAccess> all = new ArrayList<>();
        for (AccessPolicy policy : role.policies()) {
            if (!policy.isKnown()) {
                all.add(new AllowedAccess(
                        ALL,
                        Answer.PERHAPS,
                        List.of(ALL),
                        List.of(ALL),
                        policy.name(),
                        List.of("policy " + policy.name() + " could not be read")));
            }
            policy.statements().stream()
                    .filter(AccessStatement::allows)
                    .flatMap(statement -> of(role, policy.name(), statement))
                    .forEach(all::add);
        }
        return all;
    }

    private static Stream<AllowedAccess> of(RoleAccess role, String policy, AccessStatement statement) {
        Map<Kind, List<String>> actions = new LinkedHashMap<>();
        for (Element action : actions(statement)) {
            Map<AccessDecision, List<String>> resources = new LinkedHashMap<>();
            for (Element resource : resources(statement)) {
                AccessDecision limit = role.limit(AccessQuery.of(action.asked(), resource.asked()));
                resources.computeIfAbsent(limit, _ -> new ArrayList<>()).add(resource.shown());
            }
            resources.forEach((limit, on) -> actions.computeIfAbsent(
                            new Kind(service(action.asked()), limit, on), _ -> new ArrayList<>())
                    .add(action.shown()));
        }
        return actions.entrySet().stream()
                .map(entry -> entry.getKey().access(entry.getValue(), policy, statement.conditions()));
    }

    /** Everything but some actions cannot be asked about, so all of them are. */
    private static List<Element> actions(AccessStatement statement) {
        List<String> texts =
                statement.actions().patterns().stream().map(Glob::pattern).toList();
        return elements(statement.actions().negated(), texts);
    }

    private static List<Element> resources(AccessStatement statement) {
        return elements(statement.resources().negated(), statement.resources().texts());
    }

    private static List<Element> elements(boolean negated, List<String> texts) {
        return negated
                ? List.of(new Element(ALL, "everything but " + String.join(", ", texts)))
                : texts.stream()
                        .map(text -> new Element(ResourceElement.withoutVariables(text), text))
                        .toList();
    }

    private static String service(String action) {
        int colon = action.indexOf(':');
        String service = colon < 0 ? ALL : action.substring(0, colon);
        return service.contains("*") || service.contains("?") ? ALL : service;
    }

    /** @param asked the pattern to ask about */
    private record Element(String asked, String shown) {}

    /** What is the same for the actions of a row. */
    private record Kind(String service, AccessDecision limit, List<String> resources) {
        AllowedAccess access(List<String> actions, String policy, List<String> conditions) {
            List<String> reasons = new ArrayList<>();
            if (limit.answer() != Answer.NO && !conditions.isEmpty()) {
                reasons.add("if " + String.join(" and ", conditions));
            }
            reasons.addAll(limit.reasons());
            Answer answer = limit.answer() == Answer.YES && !reasons.isEmpty() ? Answer.PERHAPS : limit.answer();
            return new AllowedAccess(service, answer, actions, resources, policy, reasons);
        }
    }
}
