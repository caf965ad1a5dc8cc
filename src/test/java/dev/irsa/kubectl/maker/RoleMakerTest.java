package dev.irsa.kubectl.maker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.PreviousClusters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleMakerTest {
    private static final Map<String, String> EKSCTL = Map.of(
            "alpha.eksctl.io/cluster-name", "prod",
            "eksctl.cluster.k8s.io/v1alpha1/cluster-name", "prod",
            "alpha.eksctl.io/eksctl-version", "0.230.0",
            "alpha.eksctl.io/iamserviceaccount-name", "shop/cart");
    private static final String STACK = "aws:cloudformation:stack-name";

    @Test
    void recognizesEksctlByItsTagsAndItsStack() {
        RoleMaker maker = byTags(with(EKSCTL, STACK, "eksctl-prod-addon-iamserviceaccount-shop-cart"));

        assertThat(maker.maker()).isEqualTo(Maker.EKSCTL);
        assertThat(maker.certain()).isTrue();
        assertThat(maker.evidence())
                .contains("tag " + STACK + "=eksctl-prod-addon-iamserviceaccount-shop-cart of the role");
    }

    @Test
    void recognizesRolesOfEksctlForPodIdentityAndAddOns() {
        Map<String, String> tags =
                Map.of("alpha.eksctl.io/cluster-name", "prod", "alpha.eksctl.io/eksctl-version", "0.230.0");

        assertThat(byTags(with(tags, STACK, "eksctl-prod-podidentityrole-shop-cart"))
                        .maker())
                .isEqualTo(Maker.EKSCTL);
        assertThat(byTags(with(tags, STACK, "eksctl-prod-addon-aws-ebs-csi-driver-podidentityrole-ebs"))
                        .maker())
                .isEqualTo(Maker.EKSCTL);
        assertThat(byTags(with(tags, STACK, "eksctl-prod-podidentityrole-shop-other"))
                        .maker())
                .isEqualTo(Maker.CLOUDFORMATION);
    }

    @Test
    void distrustsTagsOfEksctlWithoutStack() {
        assertThat(byTags(EKSCTL)).isEqualTo(RoleMaker.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payments",
                "eksctl-prod-addon-iamserviceaccount-shop-other",
                "eksctl-test-addon-iamserviceaccount-shop-cart"
            })
    void distrustsTagsOfEksctlInAnotherStack(String stack) {
        assertThat(byTags(with(EKSCTL, STACK, stack)).maker()).isEqualTo(Maker.CLOUDFORMATION);
    }

    @Test
    void recognizesStackWithoutTagsOfEksctl() {
        RoleMaker maker = byTags(Map.of(STACK, "eksctl-prod-addon-iamserviceaccount-shop-cart"));

        assertThat(maker.maker()).isEqualTo(Maker.CLOUDFORMATION);
        assertThat(maker.certain()).isTrue();
    }

    @Test
    void namesTheLogicalIdOfStack() {
        assertThat(byTags(Map.of(STACK, "payments", "aws:cloudformation:logical-id", "CartRole1A2B"))
                        .evidence())
                .containsExactly(
                        "tag " + STACK + "=payments of the role",
                        "tag aws:cloudformation:logical-id=CartRole1A2B of the role");
    }

    @Test
    void recognizesAck() {
        assertThat(byTags(Map.of(
                                "services.k8s.aws/controller-version", "iam-1.3.18",
                                "services.k8s.aws/namespace", "shop"))
                        .maker())
                .isEqualTo(Maker.ACK);
    }

    @Test
    void recognizesAckThatRunsInEks() {
        assertThat(byTags(Map.of(
                                "eks:kubernetes-api-group", "iam.services.k8s.aws",
                                "eks:eks-capability-arn", "arn:aws:eks:eu-west-1:111122223333:capability/prod/ack/a"))
                        .maker())
                .isEqualTo(Maker.ACK);
    }

    @Test
    void distrustsHalfOfTheTagsOfAck() {
        assertThat(byTags(Map.of("services.k8s.aws/namespace", "shop")).maker()).isEqualTo(Maker.UNKNOWN);
        assertThat(byTags(Map.of(
                                "services.k8s.aws/controller-version", "s3-1.0.0",
                                "services.k8s.aws/namespace", "shop"))
                        .maker())
                .isEqualTo(Maker.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role.iam.aws.upbound.io", "role.iam.aws.m.upbound.io", "role.iam.aws.crossplane.io"})
    void recognizesCrossplane(String kind) {
        assertThat(byTags(Map.of(
                                "crossplane-kind",
                                kind,
                                "crossplane-name",
                                "cart-x7z",
                                "crossplane-providerconfig",
                                "a"))
                        .maker())
                .isEqualTo(Maker.CROSSPLANE);
    }

    @Test
    void distrustsTagsOfCrossplaneForAnotherKind() {
        assertThat(byTags(Map.of("crossplane-kind", "vpc.ec2.aws.upbound.io", "crossplane-name", "net"))
                        .maker())
                .isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void recognizesIamManager() {
        assertThat(byTags(Map.of("managedBy", "iam-manager", "Namespace", "shop", "Cluster", "prod"))
                        .maker())
                .isEqualTo(Maker.IAM_MANAGER);
        assertThat(byTags(Map.of("managedBy", "iam-manager")).maker()).isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void recognizesIrsaController() {
        assertThat(byTags(Map.of("irsa-controller", "y")).maker()).isEqualTo(Maker.IRSA_CONTROLLER);
        assertThat(byTags(Map.of("irsa-controller", "n")).maker()).isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void suspectsKopsByTagsThatUsersCanSet() {
        RoleMaker maker =
                byTags(Map.of("KubernetesCluster", "k.example.com", "kubernetes.io/cluster/k.example.com", "owned"));

        assertThat(maker.maker()).isEqualTo(Maker.KOPS);
        assertThat(maker.certain()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ManagedBy", "managed-by", "Managed_By", "Provisioner"})
    void suspectsTerraformByConvention(String key) {
        RoleMaker maker = byTags(Map.of(key, "Terraform"));

        assertThat(maker.maker()).isEqualTo(Maker.TERRAFORM);
        assertThat(maker.certain()).isFalse();
        assertThat(maker.evidence()).containsExactly("tag " + key + "=Terraform of the role");
    }

    @Test
    void suspectsTerraformByTagOfItsName() {
        assertThat(byTags(Map.of("terraform", "true")).maker()).isEqualTo(Maker.TERRAFORM);
        assertThat(byTags(Map.of("terraform", "false")).maker()).isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void recognizesRoleOfAnotherResourceByAllOwnershipTags() {
        Map<String, String> tags =
                new Owner("prod", "uid", "https://issuer", "shop/other", PreviousClusters.NONE).tags();

        assertThat(byTags(tags).maker()).isEqualTo(Maker.OTHER_RESOURCE);
        assertThat(byTags(tags).evidence()).contains("tag irsa.dev/resource=shop/other of the role");
        assertThat(byTags(Map.of("irsa.dev/resource", "shop/other")).maker()).isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void prefersOperatorThatAdoptedRoleOverStackThatReleasedIt() {
        Map<String, String> tags =
                new Owner("prod", "uid", "https://issuer", "shop/cart", PreviousClusters.NONE).tags();

        assertThat(byTags(with(tags, STACK, "payments")).maker()).isEqualTo(Maker.OTHER_RESOURCE);
    }

    @Test
    void comparesTagKeysAsIam() {
        assertThat(byTags(Map.of("IRSA-Controller", "y")).maker()).isEqualTo(Maker.IRSA_CONTROLLER);
    }

    @Test
    void suspectsEksctlByLabelWhileTagsAreUnknown() {
        RoleMaker maker = RoleMaker.of(new RoleMaker.Traces(
                "shop", "cart", Optional.empty(), Map.of("app.kubernetes.io/managed-by", "eksctl"), Set.of()));

        assertThat(maker.maker()).isEqualTo(Maker.EKSCTL);
        assertThat(maker.certain()).isFalse();
    }

    @Test
    void ignoresLabelOfEksctlOnceTagsAreKnown() {
        assertThat(RoleMaker.of(new RoleMaker.Traces(
                        "shop",
                        "cart",
                        Optional.of(new TreeMap<>(Map.of("team", "shop"))),
                        Map.of("app.kubernetes.io/managed-by", "eksctl"),
                        Set.of("eksctl"))))
                .isEqualTo(RoleMaker.UNKNOWN);
    }

    @Test
    void suspectsMakerByFieldManagerOfAnnotation() {
        assertThat(byManager("helm").maker()).isEqualTo(Maker.HELM);
        assertThat(byManager("helm").certain()).isFalse();
        assertThat(byManager("HashiCorp").maker()).isEqualTo(Maker.TERRAFORM);
        assertThat(byManager("Terraform").maker()).isEqualTo(Maker.TERRAFORM);
        assertThat(byManager("eksctl").maker()).isEqualTo(Maker.EKSCTL);
        assertThat(byManager("kubectl-annotate")).isEqualTo(RoleMaker.UNKNOWN);
    }

    @Test
    void ignoresLabelOfHelmWhenAnotherClientAnnotated() {
        Map<String, String> helm = Map.of("app.kubernetes.io/managed-by", "Helm");

        assertThat(RoleMaker.of(new RoleMaker.Traces("shop", "cart", Optional.empty(), helm, Set.of()))
                        .maker())
                .isEqualTo(Maker.HELM);
        assertThat(RoleMaker.of(
                        new RoleMaker.Traces("shop", "cart", Optional.empty(), helm, Set.of("kubectl-annotate"))))
                .isEqualTo(RoleMaker.UNKNOWN);
    }

    private static RoleMaker byTags(Map<String, String> tags) {
        return RoleMaker.of(new RoleMaker.Traces("shop", "cart", Optional.of(new TreeMap<>(tags)), Map.of(), Set.of()));
    }

    private static RoleMaker byManager(String manager) {
        return RoleMaker.of(new RoleMaker.Traces("shop", "cart", Optional.empty(), Map.of(), Set.of(manager)));
    }

    private static Map<String, String> with(Map<String, String> tags, String key, String value) {
        Map<String, String> all = new HashMap<>(tags);
        all.put(key, value);
        return all;
    }
}
