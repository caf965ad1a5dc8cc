package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.ExternalRoleSpec;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.api.v1beta1.RoleSpec;
import dev.irsa.api.v1beta1.ServiceAccountSpec;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.plan.InvalidFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ServiceAccount with a role, as a file of eksctl declares it in {@code iam.serviceAccounts}.
 *
 * @param place of the declaration in its file, such as {@code iam.serviceAccounts[2]}
 * @param policies the managed policies, and the inline policy that the file contains
 * @param wellKnown the policies whose inline documents differ by partition
 * @param notExpressed what of the declaration {@link #spec} does not express, each with its place and what to do
 */
public record EksctlServiceAccount(
        String place,
        AccountKey account,
        Management management,
        RoleSpec role,
        @Nullable ExternalRoleSpec externalRole,
        PoliciesSpec policies,
        List<EksctlPolicy> wellKnown,
        List<String> notExpressed) {
    /** The name that eksctl gives to the inline policy, after the name of the stack. */
    private static final String ATTACHED = "Policy1";

    public EksctlServiceAccount {
        wellKnown = List.copyOf(wellKnown);
        notExpressed = List.copyOf(notExpressed);
    }

    /**
     * Parses one declaration.
     *
     * @param cluster the metadata of the cluster, whose tags every role has
     */
    static EksctlServiceAccount parse(Fields declaration, Fields cluster) throws InvalidFile {
        Fields metadata = declaration.object("metadata");
        TreeMap<String, String> tags = new TreeMap<>(cluster.textMap("tags"));
        tags.putAll(declaration.textMap("tags"));
        AccountKey account = new AccountKey(
                metadata.text("namespace").orElse("default"),
                metadata.text("name")
                        .orElseThrow(
                                () -> metadata.error("name", "missing; set it to the name of the ServiceAccount")));
        List<String> notExpressed = EksctlNotes.of(declaration, tags.keySet());
        List<String> managed = declaration.texts("attachPolicyARNs");
        Optional<ObjectNode> document = declaration.has("attachPolicy")
                ? Optional.of(declaration.object("attachPolicy").node())
                : Optional.empty();
        List<EksctlPolicy> wellKnown = EksctlPolicy.requested(declaration.object("wellKnownPolicies"));
        Optional<String> external = declaration.text("attachRoleARN");
        if (managed.isEmpty() && document.isEmpty() && wellKnown.isEmpty() && external.isEmpty()) {
            throw new InvalidFile(declaration.source() + ": " + declaration.path()
                    + ": no permissions; set attachPolicyARNs, attachPolicy, wellKnownPolicies or attachRoleARN, which"
                    + " eksctl requires");
        }
        tags.keySet().removeIf(EksctlServiceAccount::isReserved);
        return new EksctlServiceAccount(
                declaration.path(),
                account,
                declaration.flag("roleOnly") ? Management.Ignore : Management.CreateOrAnnotate,
                external.isPresent() ? RoleSpec.DEFAULT : role(declaration, tags),
                external.map(ExternalRoleSpec::new).orElse(null),
                external.isPresent() ? PoliciesSpec.NONE : policies(managed, document, wellKnown),
                external.isPresent() ? List.of() : wellKnown,
                notExpressed);
    }

    private static RoleSpec role(Fields declaration, Map<String, String> tags) throws InvalidFile {
        return new RoleSpec(
                declaration.text("roleName").orElse(null),
                null,
                "",
                RoleSpec.MIN_SESSION_SECONDS,
                declaration.text("permissionsBoundary").orElse(null),
                tags,
                AdoptionPolicy.Never);
    }

    private static PoliciesSpec policies(
            List<String> managed, Optional<ObjectNode> document, List<EksctlPolicy> wellKnown) {
        return new PoliciesSpec(
                Stream.concat(managed.stream(), wellKnown.stream().flatMap(policy -> policy.managed().stream()))
                        .distinct()
                        .toList(),
                document.stream()
                        .filter(policy -> !hasFunction(policy))
                        .map(policy -> new InlinePolicy(ATTACHED, policy))
                        .toList());
    }

    /**
     * Returns the spec of a suspended resource of the same name, for a role that does not exist yet.
     *
     * @param partition of the cluster, such as {@code aws}
     */
    public IamServiceAccountSpec spec(String partition) {
        List<InlinePolicy> inline = new ArrayList<>(policies.inline());
        wellKnown.forEach(policy -> inline.addAll(policy.inline(partition)));
        return new IamServiceAccountSpec(
                management == Management.CreateOrAnnotate
                        ? List.of()
                        : List.of(new ServiceAccountSpec(account.name(), management)),
                role,
                externalRole,
                new PoliciesSpec(policies.managed(), inline),
                TokenSpec.DEFAULT,
                null,
                true,
                List.of(),
                null);
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
