package dev.irsa.kubectl.rolespec;

import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.UserTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tags of a role as a spec names them. The tags by which other tools know their roles are not named, so the operator leaves
 * them as they are.
 *
 * @param expressible the tags for the spec
 * @param notes about the others
 */
record UserTagsOfRole(SortedMap<String, String> expressible, List<String> notes) {
    /** The prefix of the tags that only AWS can set or remove. */
    private static final String OF_AWS = "aws:";
    /** The limit of the schema. */
    private static final int MAX = 40;

    /** The beginnings of the tags of eksctl, AWS Controllers for Kubernetes, EKS Capabilities and Crossplane. */
    private static final List<String> OF_MAKERS = List.of(
            "alpha.eksctl.io/", "eksctl.cluster.k8s.io/", "services.k8s.aws/", "eks:", "crossplane-", "crossplane.io/");

    UserTagsOfRole {
        expressible = new TreeMap<>(expressible);
        notes = List.copyOf(notes);
    }

    static UserTagsOfRole of(Map<String, String> tags) {
        TreeMap<String, String> named = new TreeMap<>();
        List<String> ofMaker = new ArrayList<>();
        List<String> beyond = new ArrayList<>();
        List<String> imitations = new ArrayList<>();
        new TreeMap<>(tags).forEach((key, value) -> {
            String lower = key.toLowerCase(Locale.ROOT);
            if (lower.startsWith(OF_AWS) || lower.startsWith(OwnershipTags.PREFIX)) {
                return;
            }
            if (UserTags.imitatesSessionTag(key)) {
                imitations.add(key);
            } else if (OF_MAKERS.stream().anyMatch(lower::startsWith)) {
                ofMaker.add(key);
            } else if (named.size() == MAX) {
                beyond.add(key);
            } else {
                named.put(key, value);
            }
        });
        return new UserTagsOfRole(
                named,
                Stream.of(
                                left(ofMaker, "they identify the tool that created it"),
                                left(
                                        imitations,
                                        "they imitate session tags of EKS Pod Identity, which policies may trust; remove"
                                                + " them with aws iam untag-role unless you need them"),
                                left(beyond, "spec.role.tags accepts at most " + MAX))
                        .flatMap(notes -> notes)
                        .toList());
    }

    private static Stream<String> left(List<String> keys, String why) {
        return keys.isEmpty()
                ? Stream.of()
                : Stream.of("The operator does not manage the tags " + String.join(", ", keys) + " of the role: " + why
                        + ".");
    }
}
