package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.PackagedFile;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The well-known policies of eksctl. Each is a managed policy, or inline policies that eksctl names and defines.
 *
 * <p>Source: eksctl 0.230.0, {@code pkg/cfn/builder/iam_helper.go} and {@code statement.go}.
 */
public enum EksctlPolicy {
    IMAGE_BUILDER("imageBuilder", "AmazonEC2ContainerRegistryPowerUser"),
    AUTO_SCALER("autoScaler"),
    LOAD_BALANCER_CONTROLLER("awsLoadBalancerController"),
    EXTERNAL_DNS("externalDNS"),
    CERT_MANAGER("certManager"),
    EBS_CSI_CONTROLLER("ebsCSIController", "service-role/AmazonEBSCSIDriverPolicy"),
    EFS_CSI_CONTROLLER("efsCSIController");

    private static final String DOCUMENTS = "eksctl-policies.json";

    private final String field;
    private final Optional<String> managed;

    EksctlPolicy(String field) {
        this.field = field;
        this.managed = Optional.empty();
    }

    EksctlPolicy(String field, String managed) {
        this.field = field;
        this.managed = Optional.of(managed);
    }

    /** Returns the name of the field that requests this policy. */
    String field() {
        return field;
    }

    /** Returns the policies whose fields are true. */
    static List<EksctlPolicy> requested(Fields policies) throws InvalidFile {
        List<EksctlPolicy> requested = new ArrayList<>();
        for (EksctlPolicy policy : values()) {
            if (policies.flag(policy.field)) {
                requested.add(policy);
            }
        }
        return requested;
    }

    /** Returns the name of the AWS managed policy, if it is one. */
    Optional<String> managed() {
        return managed;
    }

    /** Returns the inline policies, with the ARNs of a partition such as {@code aws}. */
    List<InlinePolicy> inline(String partition) {
        String documents = PackagedFile.text(EksctlPolicy.class, DOCUMENTS).replace("${AWS::Partition}", partition);
        return Serialization.unmarshal(documents, JsonNode.class).path(field).properties().stream()
                .map(policy -> new InlinePolicy(policy.getKey(), (ObjectNode) policy.getValue()))
                .toList();
    }
}
