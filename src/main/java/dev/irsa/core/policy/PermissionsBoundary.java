package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A permissions boundary, which decides what of a policy a role surely does not get. It reports only what is certain. Conditions,
 * resources of Deny statements, and NotResource elements leave it uncertain, and so does a document that is ambiguous.
 *
 * <p>Source: "Permissions boundaries for IAM entities" and "Policy evaluation logic" in the IAM User Guide.
 */
public final class PermissionsBoundary {
    /** Source: "No permissions are required to perform this operation" in the AWS STS API Reference. */
    private static final String ALWAYS_ALLOWED = "sts:GetCallerIdentity";

    private static final Pattern EVERY_RESOURCE = Pattern.compile("\\*+");

    private final String arn;
    private final PolicyDocument document;
    private final boolean ambiguous;
    private final List<BoundaryAllowance> allowances;

    private PermissionsBoundary(String arn, PolicyDocument document) {
        this.arn = arn;
        this.document = document;
        ObjectNode json = document.json();
        this.ambiguous = !PolicyGrammar.problemsOf(json).isEmpty();
        SearchBudget effort = SearchBudget.forOneRole();
        List<Glob> denied = ambiguous ? List.of() : deniedEverywhere(json);
        this.allowances = ambiguous
                ? List.of()
                : statements(json, "Allow").stream()
                        .map(statement -> BoundaryAllowance.of(statement, denied, effort))
                        .toList();
    }

    /** Returns the boundary with this document. */
    public static PermissionsBoundary of(String arn, PolicyDocument document) {
        return new PermissionsBoundary(arn, document);
    }

    /** Returns the ARN of its policy. */
    public String arn() {
        return arn;
    }

    /** Returns its document. */
    public PolicyDocument document() {
        return document;
    }

    /** Returns the actions that a policy allows and the boundary surely does not, in the order of the policy. */
    List<DeniedAction> deniedActions(PolicyDocument policy, SearchBudget effort) {
        ObjectNode json = policy.json();
        if (ambiguous || !PolicyGrammar.problemsOf(json).isEmpty()) {
            return List.of();
        }
        List<DeniedAction> denied = new ArrayList<>();
        for (JsonNode statement : statements(json, "Allow")) {
            List<Glob> resources = BoundaryAllowance.resources(statement);
            List<BoundaryAllowance> here = allowances.stream()
                    .filter(each -> each.mayApplyTo(resources))
                    .toList();
            for (Glob action : BoundaryAllowance.certain(statement.path("Action"))) {
                if (action.pattern().equalsIgnoreCase(ALWAYS_ALLOWED)) {
                    continue;
                }
                if (!mayAllow(allowances, action, effort)) {
                    denied.add(new DeniedAction(action.pattern(), Optional.empty()));
                } else if (!mayAllow(here, action, effort)) {
                    // A statement often names several resources of which an action uses one, so all of them must be
                    // denied.
                    String resource = PolicyDocument.elements(statement.path("Resource"))
                            .getFirst()
                            .asText();
                    denied.add(new DeniedAction(action.pattern(), Optional.of(resource)));
                }
            }
        }
        return denied.stream().distinct().toList();
    }

    private static boolean mayAllow(List<BoundaryAllowance> allowances, Glob action, SearchBudget effort) {
        return allowances.stream().anyMatch(allowance -> allowance.mayAllow(action, effort));
    }

    private static List<Glob> deniedEverywhere(JsonNode document) {
        return statements(document, "Deny").stream()
                .filter(statement -> statement.path("Condition").isEmpty())
                .filter(statement -> PolicyDocument.elements(statement.path("Resource")).stream()
                        .anyMatch(resource ->
                                EVERY_RESOURCE.matcher(resource.asText()).matches()))
                .flatMap(statement -> BoundaryAllowance.certain(statement.path("Action")).stream())
                .toList();
    }

    private static List<JsonNode> statements(JsonNode document, String effect) {
        return PolicyDocument.elements(document.path("Statement")).stream()
                .filter(statement -> statement.path("Effect").asText().equals(effect))
                .toList();
    }

    /**
     * An action of a policy that the role does not get.
     *
     * @param action as the policy names it
     * @param resource the first resource of its statement, if the boundary allows the action on others only
     */
    public record DeniedAction(String action, Optional<String> resource) {}
}
