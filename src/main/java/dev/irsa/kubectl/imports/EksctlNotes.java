package dev.irsa.kubectl.imports;

import java.util.ArrayList;
import java.util.List;

/** What the spec for a declaration of eksctl does not express. */
final class EksctlNotes {
    private final EksctlServiceAccount account;
    private final List<String> notes = new ArrayList<>();

    EksctlNotes(EksctlServiceAccount account) {
        this.account = account;
    }

    /** Returns the notes, each with its place and what to do. */
    List<String> notes() {
        notes.clear();
        role();
        policies();
        serviceAccount();
        account.unknownFields().forEach(field -> notes.add(field + ": not a known field of eksctl"));
        return List.copyOf(notes);
    }

    private void role() {
        account.attachRoleArn().ifPresent(arn -> {
            note("attachRoleARN", "the role becomes spec.role.external, which others keep managing");
            ignoredByEksctl().forEach(field -> note(field, "eksctl ignores it beside attachRoleARN"));
        });
        account.subjectPattern()
                .ifPresent(pattern -> note(
                        "subjectPattern",
                        "a role for every ServiceAccount of a pattern is not supported; list the ServiceAccounts in "
                                + "spec.serviceAccount.additional, or keep the role and set spec.role.external"));
        if (account.attachRoleArn().isEmpty()) {
            account.roleName()
                    .ifPresent(name -> note(
                            "roleName",
                            "the operator creates the role under its role path, and eksctl under /, so the ARNs "
                                    + "differ; adopt the role of eksctl if it exists"));
        }
        account.tags().keySet().stream()
                .filter(EksctlServiceAccount::isReserved)
                .forEach(key -> note("tags." + key, "the prefix of this tag is reserved for AWS or the operator"));
    }

    private void policies() {
        account.attachPolicy()
                .filter(EksctlServiceAccount::hasFunction)
                .ifPresent(document -> note(
                        "attachPolicy",
                        "it has functions of CloudFormation, which only a stack can resolve; add the resolved policy "
                                + "to spec.policies.inline"));
    }

    private void serviceAccount() {
        if (account.roleOnly()) {
            note("roleOnly", "becomes spec.serviceAccount.management: Ignore; annotate the ServiceAccount yourself");
        }
        if (!account.labels().isEmpty()) {
            note("metadata.labels", "the operator sets no labels; set them in the manifest of the ServiceAccount");
        }
        if (!account.annotations().isEmpty()) {
            note(
                    "metadata.annotations",
                    "the operator sets only those of its role; set them in the manifest of the ServiceAccount");
        }
    }

    private List<String> ignoredByEksctl() {
        List<String> fields = new ArrayList<>();
        if (!account.attachPolicyArns().isEmpty()) {
            fields.add("attachPolicyARNs");
        }
        if (account.attachPolicy().isPresent()) {
            fields.add("attachPolicy");
        }
        if (!account.wellKnownPolicies().isEmpty()) {
            fields.add("wellKnownPolicies");
        }
        if (account.permissionsBoundary().isPresent()) {
            fields.add("permissionsBoundary");
        }
        if (account.roleName().isPresent()) {
            fields.add("roleName");
        }
        return fields;
    }

    private void note(String field, String problem) {
        notes.add(account.place() + "." + field + ": " + problem);
    }
}
