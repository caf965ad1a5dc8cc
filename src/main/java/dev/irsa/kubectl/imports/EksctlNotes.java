package dev.irsa.kubectl.imports;

import dev.irsa.kubectl.plan.InvalidFile;
import java.util.Arrays;
import java.util.List;
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

    private EksctlNotes() {}

    /** Something about a field, if it applies. */
    private record Note(boolean applies, String field, String problem) {}

    /**
     * Returns the notes, each with its place and what to do.
     *
     * @param tags the keys of the tags of the role
     */
    static List<String> of(Fields account, Set<String> tags) throws InvalidFile {
        Fields metadata = account.object("metadata");
        Stream<Note> reserved = tags.stream()
                .filter(EksctlServiceAccount::isReserved)
                .map(key ->
                        new Note(true, "tags." + key, "the prefix of this tag is reserved for AWS or the operator"));
        Stream<Note> notes = Stream.of(role(account).stream(), reserved, serviceAccount(account, metadata).stream())
                .flatMap(group -> group);
        Stream<String> unknown = Stream.of(
                        account.placesExcept(ACCOUNT_FIELDS),
                        metadata.placesExcept(METADATA_FIELDS),
                        account.object("wellKnownPolicies").placesExcept(POLICY_FIELDS))
                .flatMap(List::stream)
                .map(place -> place + ": not a known field of eksctl");
        return Stream.concat(
                        notes.filter(Note::applies).map(note -> account.place(note.field()) + ": " + note.problem()),
                        unknown)
                .toList();
    }

    private static List<Note> role(Fields account) throws InvalidFile {
        boolean external = account.text("attachRoleARN").isPresent();
        boolean managed = !account.texts("attachPolicyARNs").isEmpty();
        boolean wellKnown =
                !EksctlPolicy.requested(account.object("wellKnownPolicies")).isEmpty();
        boolean bounded = account.text("permissionsBoundary").isPresent();
        boolean named = account.text("roleName").isPresent();
        String ignored = "eksctl ignores it beside attachRoleARN";
        return List.of(
                new Note(external, "attachRoleARN", "the role becomes spec.externalRole, which others keep managing"),
                new Note(external && managed, "attachPolicyARNs", ignored),
                new Note(external && account.has("attachPolicy"), "attachPolicy", ignored),
                new Note(external && wellKnown, "wellKnownPolicies", ignored),
                new Note(external && bounded, "permissionsBoundary", ignored),
                new Note(external && named, "roleName", ignored),
                new Note(
                        account.text("subjectPattern").isPresent(),
                        "subjectPattern",
                        "a role for every ServiceAccount of a pattern is not supported; list the ServiceAccounts in "
                                + "spec.serviceAccounts, or keep the role and set spec.externalRole"),
                new Note(
                        !external && named,
                        "roleName",
                        "the operator creates the role under its role path, and eksctl under /, so the ARNs differ; adopt "
                                + "the role of eksctl if it exists"));
    }

    private static List<Note> serviceAccount(Fields account, Fields metadata) throws InvalidFile {
        return List.of(
                new Note(
                        EksctlServiceAccount.hasFunction(
                                account.object("attachPolicy").node()),
                        "attachPolicy",
                        "it has functions of CloudFormation, which only a stack can resolve; add the resolved policy to "
                                + "spec.policies.inline"),
                new Note(
                        account.flag("roleOnly"),
                        "roleOnly",
                        "becomes management: Ignore in spec.serviceAccounts; annotate the ServiceAccount yourself"),
                new Note(
                        !metadata.textMap("labels").isEmpty(),
                        "metadata.labels",
                        "the operator sets no labels; set them in the manifest of the ServiceAccount"),
                new Note(
                        !metadata.textMap("annotations").isEmpty(),
                        "metadata.annotations",
                        "the operator sets only those of its role; set them in the manifest of the ServiceAccount"));
    }
}
