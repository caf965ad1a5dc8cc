package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests of deploy/ give can be read off them. */
class RbacManifestTest {
    private static final String CLUSTER = "deploy/rbac.yaml";
    private static final String NAMESPACES = "deploy/rbac-namespaces.yaml";
    private static final String POD_IDENTITY = "deploy/rbac-pod-identity.yaml";
    private static final String USERS = "deploy/rbac-users.yaml";

    @ParameterizedTest
    @ValueSource(strings = {CLUSTER, NAMESPACES, USERS})
    void grantsNoWildcardsSecretsOrRbac(String file) {
        assertThat(RbacManifest.read(file).grants()).isNotEmpty().allSatisfy(grant -> {
            assertThat(grant.verb()).isNotIn("*", "escalate", "bind", "impersonate", "approve", "sign");
            assertThat(grant.group()).doesNotContain("*").isNotEqualTo("rbac.authorization.k8s.io");
            assertThat(grant.resource())
                    .doesNotContain("*")
                    .isNotIn("secrets", "serviceaccounts/token", "pods", "pods/exec", "nodes/proxy");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {CLUSTER, NAMESPACES})
    void grantsOperatorNoDeleteOrUpdate(String file) {
        assertThat(RbacManifest.read(file).grants())
                .extracting(Grant::verb)
                .isSubsetOf("get", "list", "watch", "create", "patch");
    }

    @ParameterizedTest
    @ValueSource(strings = {CLUSTER, NAMESPACES, POD_IDENTITY})
    void bindsOperatorRolesToItsServiceAccountOnly(String file) {
        assertThat(RbacManifest.read(file).objects().stream().flatMap(object -> switch (object) {
                    case ClusterRoleBinding binding -> binding.getSubjects().stream();
                    case RoleBinding binding -> binding.getSubjects().stream();
                    default -> Stream.<Subject>empty();
                }))
                .isNotEmpty()
                .allSatisfy(subject -> {
                    assertThat(subject.getKind()).isEqualTo("ServiceAccount");
                    assertThat(subject.getNamespace() + "/" + subject.getName())
                            .isEqualTo("irsa-operator/irsa-operator");
                });
    }

    @Test
    void grantsClusterWideOnlyReadsAndTheRecordOfAbandonedRolesWhenLimitedToNamespaces() {
        assertThat(RbacManifest.read(NAMESPACES).grants().stream()
                        .filter(grant -> grant.namespace().isEmpty())
                        .map(Grant::toString))
                .containsExactlyInAnyOrder(
                        "list iamentitlements.irsa.dev",
                        "watch iamentitlements.irsa.dev",
                        "list iampolicytemplates.irsa.dev",
                        "watch iampolicytemplates.irsa.dev",
                        "list iamaccounts.irsa.dev",
                        "watch iamaccounts.irsa.dev",
                        "patch iamaccounts/status.irsa.dev",
                        "list namespaces",
                        "watch namespaces",
                        "get namespaces/kube-system",
                        "get customresourcedefinitions.apiextensions.k8s.io/iamserviceaccounts.irsa.dev");
    }

    @Test
    void grantsOnlyReadsOfPodsAndOfTheAgentForPodIdentity() {
        assertThat(RbacManifest.read(POD_IDENTITY).grants().stream().map(Grant::toString))
                .containsExactlyInAnyOrder(
                        "list pods", "get daemonsets.apps/eks-pod-identity-agent in namespace kube-system");
    }

    @Test
    void userRolesAreNotAggregated() {
        assertThat(RbacManifest.read(USERS).objects()).isNotEmpty().allSatisfy(object -> {
            assertThat(object).isInstanceOf(ClusterRole.class);
            assertThat(object.getMetadata().getLabels().keySet())
                    .isNotEmpty()
                    .noneMatch(label -> label.startsWith("rbac.authorization.k8s.io/"));
        });
    }

    @Test
    void userRolesCoverOnlyResourcesAndTemplates() {
        List<Grant> grants = RbacManifest.read(USERS).grants();

        assertThat(grants).extracting(Grant::group).containsOnly("irsa.dev");
        assertThat(grants).extracting(Grant::resource).containsOnly("iamserviceaccounts", "iampolicytemplates");
    }
}
