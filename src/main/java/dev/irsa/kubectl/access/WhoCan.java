package dev.irsa.kubectl.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.access.AccessDecision;
import dev.irsa.core.access.AccessQuery;
import dev.irsa.core.access.Answer;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.access.Grant.Link;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ServiceAccounts whose roles allow an action. The names are part of the interface of the command.
 *
 * @param notSeen what else may allow or deny it
 */
public record WhoCan(
        List<Item> items,
        List<String> notSeen,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotRead> notRead) {
    /** The column for the decision of the simulator, after that of the command. */
    private static final int SIMULATED = 3;

    /** What identity-based policies do not show. */
    public static final List<String> NOT_SEEN = List.of(
            "policies of resources, such as those of S3 buckets and KMS keys",
            "grants of KMS keys",
            "roles in accounts that neither an IamAccount nor an annotation in these namespaces names",
            "roles that a role can assume in turn",
            "roles of the nodes",
            "service and resource control policies of AWS Organizations",
            "session policies");

    /**
     * A ServiceAccount.
     *
     * @param cluster the context of its cluster; null if the user asks about one cluster only
     * @param accountID of the AWS account of the role
     * @param allowed "yes" or "perhaps"
     * @param through the policies that allow it, by name or ARN
     * @param conditions on what a "perhaps" depends
     * @param simulated the decision of IAM's policy simulator; null if it was not asked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            @Nullable String cluster,
            String namespace,
            String name,
            Answer allowed,
            String roleArn,
            String accountID,
            Link linkedBy,
            @Nullable String iamServiceAccount,
            List<String> through,
            List<String> conditions,
            @Nullable String simulated) {
        private static Item of(Grant grant, AccessDecision decision, @Nullable String simulated) {
            List<String> conditions = Stream.concat(grant.condition().stream(), decision.reasons().stream())
                    .toList();
            return new Item(
                    null,
                    grant.serviceAccount().namespace(),
                    grant.serviceAccount().name(),
                    conditions.isEmpty() ? Answer.YES : Answer.PERHAPS,
                    grant.role().arn(),
                    RoleArn.of(grant.role().arn()).map(RoleArn::account).orElse(""),
                    grant.link(),
                    grant.resource().orElse(null),
                    decision.through(),
                    conditions,
                    simulated);
        }

        private Item in(String context) {
            return new Item(
                    context.isEmpty() ? null : context,
                    namespace,
                    name,
                    allowed,
                    roleArn,
                    accountID,
                    linkedBy,
                    iamServiceAccount,
                    through,
                    conditions,
                    simulated);
        }

        private String role(boolean oneAccount) {
            return RoleArn.of(roleArn)
                    .map(role -> (oneAccount ? "" : accountID + ":") + role.pathAndName())
                    .orElse(roleArn);
        }
    }

    /**
     * Asks every role of the inventory once.
     *
     * @param simulated the decisions of IAM's policy simulator by the ARN of the role; empty if it was not asked
     */
    public static WhoCan of(AccessInventory inventory, AccessQuery query, Map<String, String> simulated) {
        Map<String, AccessDecision> byRole = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (Grant grant : inventory.grants()) {
            AccessDecision decision = byRole.computeIfAbsent(
                    grant.role().arn(), _ -> inventory.access(grant.role()).decide(query));
            if (decision.answer() != Answer.NO) {
                items.add(Item.of(grant, decision, simulated.get(grant.role().arn())));
            }
        }
        return new WhoCan(items, NOT_SEEN, inventory.notRead());
    }

    /** Returns the answer of all clusters. A cluster that could not be read adds no ServiceAccount. */
    public static WhoCan of(ClusterResults<WhoCan> clusters) {
        return new WhoCan(
                clusters.read().stream()
                        .flatMap(cluster -> cluster.value().items().stream().map(item -> item.in(cluster.cluster())))
                        .toList(),
                NOT_SEEN,
                clusters.notRead(WhoCan::notRead));
    }

    /** Returns the table for people, and below it on what each "perhaps" depends. */
    public String format(Terminal terminal) {
        boolean oneAccount = items.stream().map(Item::accountID).distinct().count() <= 1;
        boolean isSimulated = items.stream().anyMatch(item -> item.simulated() != null);
        boolean inClusters = items.stream().anyMatch(item -> item.cluster() != null);
        List<String> headings =
                new ArrayList<>(List.of("NAMESPACE", "NAME", "ALLOWED", "LINKED BY", "ROLE", "THROUGH"));
        if (isSimulated) {
            headings.add(SIMULATED, "SIMULATED");
        }
        if (inClusters) {
            headings.addFirst("CLUSTER");
        }
        Table table = new Table(headings.toArray(String[]::new));
        items.forEach(item -> {
            List<String> cells = new ArrayList<>(List.of(
                    item.namespace(),
                    item.name(),
                    item.allowed().word(),
                    item.linkedBy().title(),
                    item.role(oneAccount),
                    PlainText.of(String.join(", ", item.through()))));
            if (isSimulated) {
                cells.add(SIMULATED, Objects.requireNonNullElse(item.simulated(), "?"));
            }
            if (inClusters) {
                cells.addFirst(PlainText.of(Objects.requireNonNullElse(item.cluster(), "")));
            }
            table.add(cells.toArray(String[]::new));
        });
        StringBuilder text = new StringBuilder(table.format(terminal));
        items.stream().filter(item -> !item.conditions().isEmpty()).forEach(item -> {
            text.append('\n').append(item.cluster() == null ? "" : PlainText.of(item.cluster()) + ": ");
            text.append(item.namespace()).append('/').append(item.name());
            text.append(" through role ").append(item.role(oneAccount)).append(" depends on:\n");
            item.conditions()
                    .forEach(condition ->
                            text.append("  ").append(PlainText.of(condition)).append('\n'));
        });
        return text.toString();
    }

    /** Returns what was not seen, in one sentence. */
    public static String limits() {
        return "Not seen: " + String.join(", ", NOT_SEEN.subList(0, NOT_SEEN.size() - 1)) + ", and "
                + NOT_SEEN.getLast() + ".";
    }

    /** Returns whether no ServiceAccount can. That is not known unless everything was read. */
    public boolean isCertainlyNone() {
        return items.isEmpty() && notRead.isEmpty();
    }
}
