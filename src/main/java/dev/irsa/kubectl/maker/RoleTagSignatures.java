package dev.irsa.kubectl.maker;

import dev.irsa.core.ownership.OwnershipTags;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Recognizes the maker of a role by its tags.
 *
 * <p>Users can copy every tag but those that begin with {@code aws:}, which only AWS sets. They stay on a role after its
 * stack has released it. So the tags of an operator, which it sets when it adopts a role, count first.
 *
 * @param tags with case-insensitive keys
 */
record RoleTagSignatures(SortedMap<String, String> tags, String namespace, String serviceAccount) {
    private static final String STACK = "aws:cloudformation:stack-name";
    private static final String LOGICAL_ID = "aws:cloudformation:logical-id";
    private static final String EKSCTL_CLUSTER = "alpha.eksctl.io/cluster-name";
    private static final String EKSCTL_VERSION = "alpha.eksctl.io/eksctl-version";
    private static final String EKSCTL_ACCOUNT = "alpha.eksctl.io/iamserviceaccount-name";
    private static final String ACK_VERSION = "services.k8s.aws/controller-version";
    private static final String ACK_NAMESPACE = "services.k8s.aws/namespace";
    private static final String ACK_GROUP = "eks:kubernetes-api-group";
    private static final String ACK_CAPABILITY = "eks:eks-capability-arn";
    private static final String CROSSPLANE_KIND = "crossplane-kind";
    private static final String CROSSPLANE_NAME = "crossplane-name";
    private static final String KOPS_CLUSTER = "KubernetesCluster";

    /** Keys under which users often record the tool. */
    private static final Set<String> CONVENTIONS =
            Set.of("managedby", "createdby", "provisioner", "provisionedby", "deployedby", "tool", "iac");

    /** Returns the maker; empty if the tags are those of no known tool. */
    Optional<RoleMaker> recognize() {
        boolean operator =
                hasAll(OwnershipTags.CLUSTER, OwnershipTags.CLUSTER_ID, OwnershipTags.ISSUER, OwnershipTags.RESOURCE);
        // The kind of a role is role.iam.aws. with the domain of the provider.
        boolean crossplane = hasAll(CROSSPLANE_NAME) && value(CROSSPLANE_KIND).startsWith("role.iam.aws.");
        boolean iamManager = value("managedBy").equals("iam-manager") && hasAll("Namespace", "Cluster");
        boolean irsaController = value("irsa-controller").equals("y");
        return certainIf(operator, Maker.OTHER_RESOURCE, OwnershipTags.CLUSTER, OwnershipTags.RESOURCE)
                .or(this::eksctl)
                .or(() -> certainIf(hasAll(STACK), Maker.CLOUDFORMATION, STACK, LOGICAL_ID))
                .or(this::ack)
                .or(() -> certainIf(crossplane, Maker.CROSSPLANE, CROSSPLANE_KIND, CROSSPLANE_NAME))
                .or(() -> certainIf(iamManager, Maker.IAM_MANAGER, "managedBy", "Namespace", "Cluster"))
                .or(() -> certainIf(irsaController, Maker.IRSA_CONTROLLER, "irsa-controller"))
                .or(this::kops)
                .or(this::terraform);
    }

    /**
     * Requires the stack, because others copy the tags of eksctl. The name of the stack follows from the cluster and the
     * ServiceAccount. Roles for Pod Identity and for add-ons have no tag with the ServiceAccount.
     */
    private Optional<RoleMaker> eksctl() {
        if (!hasAll(EKSCTL_CLUSTER, EKSCTL_VERSION, STACK)) {
            return Optional.empty();
        }
        String stack = "eksctl-" + value(EKSCTL_CLUSTER);
        if (tags.containsKey(EKSCTL_ACCOUNT)) {
            String expected =
                    stack + "-addon-iamserviceaccount-" + value(EKSCTL_ACCOUNT).replace('/', '-');
            return certainIf(value(STACK).equals(expected), Maker.EKSCTL, STACK, EKSCTL_ACCOUNT, EKSCTL_VERSION);
        }
        boolean found = value(STACK).equals(stack + "-podidentityrole-" + namespace + "-" + serviceAccount)
                || value(STACK).startsWith(stack + "-addon-");
        return certainIf(found, Maker.EKSCTL, STACK, EKSCTL_CLUSTER, EKSCTL_VERSION);
    }

    /** The controller that runs in EKS ("EKS Capabilities") has tags of its own. */
    private Optional<RoleMaker> ack() {
        boolean inCluster =
                hasAll(ACK_VERSION, ACK_NAMESPACE) && value(ACK_VERSION).startsWith("iam-");
        boolean inEks = hasAll(ACK_CAPABILITY) && value(ACK_GROUP).equals("iam.services.k8s.aws");
        return certainIf(inCluster, Maker.ACK, ACK_VERSION, ACK_NAMESPACE)
                .or(() -> certainIf(inEks, Maker.ACK, ACK_GROUP, ACK_CAPABILITY));
    }

    /** kops gives these tags to all that it creates, and users give them to what their cluster uses. */
    private Optional<RoleMaker> kops() {
        String cluster = value(KOPS_CLUSTER);
        String ofCluster = "kubernetes.io/cluster/" + cluster;
        return !cluster.isEmpty() && value(ofCluster).equals("owned")
                ? likely(Maker.KOPS, KOPS_CLUSTER, ofCluster)
                : Optional.empty();
    }

    /** Terraform sets no tags of its own. Many users record it in one. */
    private Optional<RoleMaker> terraform() {
        return tags.keySet().stream()
                .filter(this::recordsTerraform)
                .findFirst()
                .flatMap(key -> likely(Maker.TERRAFORM, key));
    }

    private boolean recordsTerraform(String key) {
        String word = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return (value(key).equalsIgnoreCase("terraform") && CONVENTIONS.contains(word))
                || (value(key).equalsIgnoreCase("true") && word.equals("terraform"));
    }

    private boolean hasAll(String... keys) {
        return Stream.of(keys).noneMatch(key -> value(key).isEmpty());
    }

    private String value(String key) {
        return tags.getOrDefault(key, "");
    }

    private Optional<RoleMaker> certainIf(boolean found, Maker maker, String... keys) {
        return found ? Optional.of(new RoleMaker(maker, true, evidence(keys))) : Optional.empty();
    }

    private Optional<RoleMaker> likely(Maker maker, String... keys) {
        return Optional.of(new RoleMaker(maker, false, evidence(keys)));
    }

    private List<String> evidence(String... keys) {
        return Stream.of(keys)
                .filter(key -> tags.containsKey(key))
                .map(key -> "tag " + key + "=" + value(key) + " of the role")
                .toList();
    }
}
