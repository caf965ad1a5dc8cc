package dev.irsa.kubectl.imports;

import dev.irsa.kubectl.plan.InvalidFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the spec for a declaration of eksctl does not express. */
final class EksctlNotes {
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

    private static final Set<String> POLICY_FIELDS =
            Arrays.stream(EksctlPolicy.values()).map(EksctlPolicy::field).collect(Collectors.toSet());

    private final Fields account;
    private final List<String> notes = new ArrayList<>();

    private EksctlNotes(Fields account) {
        this.account = account;
    }

    /**
     * Returns the notes, each with its place and what to do.
     *
     * @param tags the keys of the tags of the role
     */
    static List<String> of(Fields account, Set<String> tags) throws InvalidFile {
        EksctlNotes notes = new EksctlNotes(account);
        notes.role();
        tags.stream()
                .filter(EksctlServiceAccount::isReserved)
                .forEach(key -> notes.add("tags." + key, "the prefix of this tag is reserved for AWS or the operator"));
        notes.attachPolicy();
        notes.serviceAccount();
        notes.unknownFields();
        return notes.notes;
    }

    private void role() throws InvalidFile {
        boolean external = account.text("attachRoleARN").isPresent();
        if (external) {
            add("attachRoleARN", "the role becomes spec.role.external, which others keep managing");
            Stream.of(
                            Map.entry(
                                    "attachPolicyARNs",
                                    !account.texts("attachPolicyARNs").isEmpty()),
                            Map.entry("attachPolicy", account.has("attachPolicy")),
                            Map.entry(
                                    "wellKnownPolicies",
                                    !EksctlPolicy.requested(account.object("wellKnownPolicies"))
                                            .isEmpty()),
                            Map.entry(
                                    "permissionsBoundary",
                                    account.text("permissionsBoundary").isPresent()),
                            Map.entry("roleName", account.text("roleName").isPresent()))
                    .filter(Map.Entry::getValue)
                    .forEach(field -> add(field.getKey(), "eksctl ignores it beside attachRoleARN"));
        }
        if (account.text("subjectPattern").isPresent()) {
            add(
                    "subjectPattern",
                    "a role for every ServiceAccount of a pattern is not supported; list the ServiceAccounts in "
                            + "spec.serviceAccount.additional, or keep the role and set spec.role.external");
        }
        if (!external && account.text("roleName").isPresent()) {
            add(
                    "roleName",
                    "the operator creates the role under its role path, and eksctl under /, so the ARNs differ; adopt "
                            + "the role of eksctl if it exists");
        }
    }

    private void attachPolicy() throws InvalidFile {
        if (EksctlServiceAccount.hasFunction(account.object("attachPolicy").node())) {
            add(
                    "attachPolicy",
                    "it has functions of CloudFormation, which only a stack can resolve; add the resolved policy to "
                            + "spec.policies.inline");
        }
    }

    private void serviceAccount() throws InvalidFile {
        if (account.flag("roleOnly")) {
            add("roleOnly", "becomes spec.serviceAccount.management: Ignore; annotate the ServiceAccount yourself");
        }
        if (!account.object("metadata").textMap("labels").isEmpty()) {
            add("metadata.labels", "the operator sets no labels; set them in the manifest of the ServiceAccount");
        }
        if (!account.object("metadata").textMap("annotations").isEmpty()) {
            add(
                    "metadata.annotations",
                    "the operator sets only those of its role; set them in the manifest of the ServiceAccount");
        }
    }

    private void unknownFields() throws InvalidFile {
        Stream.of(
                        account.placesExcept(ACCOUNT_FIELDS),
                        account.object("metadata").placesExcept(METADATA_FIELDS),
                        account.object("wellKnownPolicies").placesExcept(POLICY_FIELDS))
                .flatMap(List::stream)
                .forEach(place -> notes.add(place + ": not a known field of eksctl"));
    }

    private void add(String field, String problem) {
        notes.add(account.place(field) + ": " + problem);
    }
}
