package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Parses an element of {@code iam.serviceAccounts}. */
final class EksctlServiceAccountParser {
    private static final Set<String> ACCOUNT_FIELDS = Set.of(
            "metadata",
            "attachPolicyARNs",
            "wellKnownPolicies",
            "attachPolicy",
            "attachRoleARN",
            "permissionsBoundary",
            "status",
            "roleName",
            "roleOnly",
            "tags",
            "subjectPattern");

    private static final Set<String> METADATA_FIELDS = Set.of("name", "namespace", "labels", "annotations");

    private EksctlServiceAccountParser() {}

    /**
     * Parses one declaration.
     *
     * @param cluster the metadata of the cluster, whose tags every role has
     */
    static EksctlServiceAccount parse(Fields account, Fields cluster) throws InvalidFile {
        Fields metadata = account.object("metadata");
        Fields policies = account.object("wellKnownPolicies");
        TreeMap<String, String> tags = new TreeMap<>(cluster.textMap("tags"));
        tags.putAll(account.textMap("tags"));
        List<String> unknown = new ArrayList<>(account.placesExcept(ACCOUNT_FIELDS));
        unknown.addAll(metadata.placesExcept(METADATA_FIELDS));
        unknown.addAll(policies.placesExcept(fieldsOfPolicies()));
        EksctlServiceAccount result = new EksctlServiceAccount(
                account.path(),
                metadata.text("namespace").orElse("default"),
                metadata.text("name")
                        .orElseThrow(() -> metadata.error("name", "missing; set it to the name of the ServiceAccount")),
                metadata.textMap("labels"),
                metadata.textMap("annotations"),
                account.texts("attachPolicyARNs"),
                attachPolicy(account),
                account.text("attachRoleARN"),
                wellKnown(policies),
                account.text("permissionsBoundary"),
                account.text("roleName"),
                account.flag("roleOnly"),
                tags,
                account.text("subjectPattern"),
                unknown);
        boolean empty = result.attachPolicyArns().isEmpty()
                && result.wellKnownPolicies().isEmpty()
                && result.attachPolicy().isEmpty()
                && result.attachRoleArn().isEmpty();
        if (empty) {
            throw new InvalidFile(account.source() + ": " + account.path() + ": no permissions; set attachPolicyARNs, "
                    + "attachPolicy, wellKnownPolicies or attachRoleARN, which eksctl requires");
        }
        return result;
    }

    private static Optional<ObjectNode> attachPolicy(Fields account) throws InvalidFile {
        return account.has("attachPolicy")
                ? Optional.of(account.object("attachPolicy").node())
                : Optional.empty();
    }

    private static List<EksctlPolicy> wellKnown(Fields policies) throws InvalidFile {
        List<EksctlPolicy> requested = new ArrayList<>();
        for (EksctlPolicy policy : EksctlPolicy.values()) {
            if (policies.flag(policy.field())) {
                requested.add(policy);
            }
        }
        return requested;
    }

    private static Set<String> fieldsOfPolicies() {
        return Set.copyOf(
                Arrays.stream(EksctlPolicy.values()).map(EksctlPolicy::field).toList());
    }
}
