package dev.irsa.kubectl.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.access.AccessQuery;
import dev.irsa.core.access.Answer;
import dev.irsa.core.access.RoleAccess;
import dev.irsa.core.access.ServiceUse;
import dev.irsa.core.access.UsedPolicy;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What roles allow and have not used in a period. The names are part of the interface of the command.
 *
 * @param tooYoung the ARNs of roles that were created within the period
 */
public record UnusedAccess(
        String since,
        List<Role> items,
        List<String> tooYoung,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotRead> notRead) {
    /**
     * A role with something that it has not used.
     *
     * @param serviceAccounts {@code NAMESPACE/NAME} of those that can use it
     */
    public record Role(
            String roleArn, List<String> serviceAccounts, List<Service> services, List<Suggestion> suggestions) {
        private String name() {
            return RoleArn.of(roleArn).map(RoleArn::pathAndName).orElse(roleArn);
        }
    }

    /**
     * A service that the role may use.
     *
     * @param lastUsed when; null if IAM knows of no use
     * @param unusedActions the tracked actions that the role may call and has not called in the period, if it has used the service
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Service(String service, @Nullable String lastUsed, List<String> unusedActions) {}

    /**
     * A smaller policy that allows what was used.
     *
     * @param policy the name of an inline policy, or the ARN of a managed one
     * @param document null if the role needs nothing of the policy
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Suggestion(String policy, @Nullable JsonNode document) {}

    /**
     * Returns what a role has not used; empty if it has used everything that IAM tracks.
     *
     * @param documents of its managed policies
     */
    public static Optional<Role> of(
            AccountRole role,
            List<AccountKey> serviceAccounts,
            Map<String, PolicyDocument> documents,
            List<ServiceUse> uses,
            Instant since) {
        RoleAccess access = role.access(documents);
        List<Service> services = uses.stream()
                .flatMap(use -> service(access, use, since).stream())
                .toList();
        return services.isEmpty()
                ? Optional.empty()
                : Optional.of(new Role(
                        role.arn(),
                        serviceAccounts.stream()
                                .map(account -> account.namespace() + "/" + account.name())
                                .toList(),
                        services,
                        suggestions(role, documents, new UsedPolicy(uses, since))));
    }

    private static Optional<Service> service(RoleAccess access, ServiceUse use, Instant since) {
        String lastUsed = use.lastUsed().map(Instant::toString).orElse(null);
        if (use.isUnusedSince(since)) {
            return Optional.of(new Service(use.service(), lastUsed, List.of()));
        }
        List<String> unused = use.actions().keySet().stream()
                .filter(action -> use.isUnusedSince(action, since))
                .map(action -> use.service() + ":" + action)
                .filter(action -> access.decide(AccessQuery.of(action)).answer() != Answer.NO)
                .toList();
        return unused.isEmpty() ? Optional.empty() : Optional.of(new Service(use.service(), lastUsed, unused));
    }

    private static List<Suggestion> suggestions(
            AccountRole role, Map<String, PolicyDocument> documents, UsedPolicy used) {
        List<Suggestion> suggestions = new ArrayList<>();
        role.inline().forEach((name, policy) -> {
            PolicyDocument smaller = used.of(policy);
            if (!smaller.equals(policy)) {
                suggestions.add(new Suggestion(name, UsedPolicy.allowsAnything(smaller) ? smaller.json() : null));
            }
        });
        role.managed().stream()
                .filter(arn -> documents.containsKey(arn)
                        && UsedPolicy.allowsAnything(documents.get(arn))
                        && !UsedPolicy.allowsAnything(used.of(documents.get(arn))))
                .forEach(arn -> suggestions.add(new Suggestion(arn, null)));
        return suggestions;
    }

    /** Returns the table for people, and below it the suggestions. */
    public String format(Terminal terminal) {
        Table table = new Table("SERVICE ACCOUNTS", "ROLE", "SERVICE", "LAST USED", "UNUSED");
        items.forEach(role -> role.services()
                .forEach(service -> table.add(
                        String.join(", ", role.serviceAccounts()),
                        role.name(),
                        service.service(),
                        service.lastUsed() == null
                                ? "never"
                                : service.lastUsed().substring(0, "2026-01-01".length()),
                        service.unusedActions().isEmpty()
                                ? "the service"
                                : PlainText.of(String.join(", ", service.unusedActions())))));
        StringBuilder text = new StringBuilder(table.format(terminal));
        items.forEach(role ->
                role.suggestions().forEach(suggestion -> text.append('\n').append(suggestion(role, suggestion))));
        return text.toString();
    }

    private static String suggestion(Role role, Suggestion suggestion) {
        String policy = "policy " + PlainText.of(suggestion.policy()) + " of role " + role.name();
        return suggestion.document() == null
                ? "Nothing of " + policy + " was used. Remove it.\n"
                : "What was used of " + policy + ":\n" + suggestion.document().toPrettyString() + "\n";
    }
}
