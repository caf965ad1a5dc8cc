package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1alpha1.Adopt;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.InlinePolicy;
import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.PoliciesSpec;
import dev.irsa.api.v1alpha1.RoleSpec;
import dev.irsa.api.v1alpha1.ServiceAccountSpec;
import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.ownership.OwnershipTags;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A ServiceAccount with a role, as a file of eksctl declares it.
 *
 * @param place of the declaration in its file, such as {@code iam.serviceAccounts[2]}
 * @param attachPolicy the inline policy
 * @param attachRoleArn a role that eksctl does not create
 * @param roleOnly whether eksctl leaves the ServiceAccount to others
 * @param tags of the role, with those that eksctl gives to everything in the cluster
 * @param subjectPattern of the ServiceAccounts that the role admits in place of this one
 * @param unknownFields the places of fields that this program does not know
 */
public record EksctlServiceAccount(
        String place,
        String namespace,
        String name,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        List<String> attachPolicyArns,
        Optional<ObjectNode> attachPolicy,
        Optional<String> attachRoleArn,
        List<EksctlPolicy> wellKnownPolicies,
        Optional<String> permissionsBoundary,
        Optional<String> roleName,
        boolean roleOnly,
        SortedMap<String, String> tags,
        Optional<String> subjectPattern,
        List<String> unknownFields) {
    /** The name that eksctl gives to the inline policy, after the name of the stack. */
    private static final String ATTACHED = "Policy1";

    public EksctlServiceAccount {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        attachPolicyArns = List.copyOf(attachPolicyArns);
        attachPolicy = attachPolicy.map(ObjectNode::deepCopy);
        wellKnownPolicies = List.copyOf(wellKnownPolicies);
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        unknownFields = List.copyOf(unknownFields);
    }

    /** Returns a copy, because a JSON tree is mutable and this record is not. */
    @Override
    public Optional<ObjectNode> attachPolicy() {
        return attachPolicy.map(ObjectNode::deepCopy);
    }

    /**
     * Returns the spec of a suspended resource of the same name, for a role that does not exist yet.
     *
     * @param partition of the cluster, such as {@code aws}
     */
    public IamServiceAccountSpec spec(String partition) {
        return new IamServiceAccountSpec(
                new ServiceAccountSpec(null, roleOnly ? Management.Ignore : Management.Manage),
                role(),
                attachRoleArn.isPresent() ? PoliciesSpec.NONE : new PoliciesSpec(managed(), inline(partition)),
                TokenSpec.DEFAULT,
                null,
                true,
                List.of());
    }

    private RoleSpec role() {
        if (attachRoleArn.isPresent()) {
            return new RoleSpec(
                    null,
                    null,
                    "",
                    RoleSpec.MIN_SESSION_SECONDS,
                    null,
                    Map.of(),
                    Adopt.Never,
                    attachRoleArn.orElseThrow());
        }
        TreeMap<String, String> ours = new TreeMap<>(tags);
        ours.keySet().removeIf(EksctlServiceAccount::isReserved);
        return new RoleSpec(
                roleName.orElse(null),
                null,
                "",
                RoleSpec.MIN_SESSION_SECONDS,
                permissionsBoundary.orElse(null),
                ours,
                Adopt.Never);
    }

    private List<String> managed() {
        return Stream.concat(
                        attachPolicyArns.stream(),
                        wellKnownPolicies.stream().flatMap(policy -> policy.managed().stream()))
                .distinct()
                .toList();
    }

    private List<InlinePolicy> inline(String partition) {
        Stream<InlinePolicy> wellKnown =
                wellKnownPolicies.stream().flatMap(policy -> policy.inline(partition).stream());
        Stream<InlinePolicy> attached = attachPolicy.stream()
                .filter(document -> !hasFunction(document))
                .map(document -> new InlinePolicy(ATTACHED, document));
        return Stream.concat(attached, wellKnown).toList();
    }

    /** Returns what of the declaration {@link #spec} does not express, each with its place and what to do. */
    public List<String> notExpressed() {
        return new EksctlNotes(this).notes();
    }

    static boolean isReserved(String key) {
        String lowerCase = key.toLowerCase(Locale.ROOT);
        return lowerCase.startsWith("aws:") || lowerCase.startsWith(OwnershipTags.PREFIX);
    }

    /** Returns whether a document has an intrinsic function, which eksctl passes on to CloudFormation. */
    static boolean hasFunction(JsonNode node) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().startsWith("Fn::") || field.getKey().equals("Ref")) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (hasFunction(child)) {
                return true;
            }
        }
        return false;
    }
}
