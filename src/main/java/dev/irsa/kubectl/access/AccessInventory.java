package dev.irsa.kubectl.access;

import dev.irsa.core.access.RoleAccess;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.get.NotRead;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ServiceAccounts that the user asks about, with the roles that they can use.
 *
 * @param grants sorted by namespace, name, and role
 * @param documents of the managed policies and boundaries of the roles, by ARN, without those that could not be read
 * @param notRead what could not be read; if there is anything, more may be granted
 */
public record AccessInventory(List<Grant> grants, Map<String, PolicyDocument> documents, List<NotRead> notRead) {
    private static final Comparator<Grant> ORDER = Comparator.comparing(Grant::serviceAccount)
            .thenComparing(grant -> grant.role().arn());

    public AccessInventory {
        grants = grants.stream().sorted(ORDER).toList();
        documents = Map.copyOf(documents);
        notRead = List.copyOf(notRead);
    }

    /** Returns what the policies of a role allow. */
    RoleAccess access(AccountRole role) {
        return role.access(documents);
    }

    /** Returns why more may be granted than the inventory shows; empty if it is complete. */
    public Optional<String> incompleteness() {
        return incompleteness("answer", notRead);
    }

    /** Returns that an answer is not complete; empty if nothing is missing. */
    public static Optional<String> incompleteness(String answer, List<NotRead> missing) {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the " + answer + " is not complete: "
                        + String.join(
                                "; ", missing.stream().map(NotRead::sentence).toList()));
    }
}
