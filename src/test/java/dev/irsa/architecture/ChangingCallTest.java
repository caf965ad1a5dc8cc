package dev.irsa.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.irsa.aws.IamRoles;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.kubectl.kubernetes.KubernetesTokenRequests;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.port.Roles;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangingCallTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                DeletesPod.class,
                CreatesResource.class,
                DeletesByPath.class,
                CreatesRole.class,
                AppliesByReference.class,
                KubernetesTokenRequests.class
            })
    void findsChanges(Class<?> type) {
        assertThat(changes(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {Reads.class, KubernetesWorkloads.class})
    void permitsReads(Class<?> type) {
        assertThat(changes(type)).isFalse();
    }

    @Test
    void ruleForCommandsFailsForACommandThatWrites() {
        var imported = new ClassFileImporter().importClasses(DeletesPod.class, Reads.class);

        assertThat(ArchitectureTest.readsOnly("dev.irsa.architecture")
                        .evaluate(imported)
                        .getFailureReport()
                        .getDetails())
                .hasSize(1)
                .allMatch(detail -> detail.contains("DeletesPod") && detail.contains("delete"));
    }

    private static boolean changes(Class<?> type) {
        return new ChangingCall()
                .makers()
                // Without the port, the adapter would not be known to implement it.
                .test(new ClassFileImporter()
                        .importClasses(type, IamRoles.class, Roles.class)
                        .get(type));
    }

    record DeletesPod(KubernetesClient client) {
        void change() {
            client.pods().inNamespace("a").withName("b").delete();
        }
    }

    record CreatesResource(KubernetesClient client) {
        void change(String manifest) {
            client.resource(manifest).create();
        }
    }

    record DeletesByPath(KubernetesClient client) {
        void change() {
            client.raw("/api/v1/namespaces/a", "DELETE", "");
        }
    }

    record CreatesRole(IamRoles roles) {
        void change(RoleChange.CreateRole change) {
            roles.create(change);
        }
    }

    record AppliesByReference(Roles roles) {
        Consumer<RoleChange> change() {
            return roles::apply;
        }
    }

    record Reads(KubernetesClient client, IamRoles roles) {
        List<?> read() {
            return List.of(
                    client.raw("/version"),
                    roles.role("a"),
                    client.pods().inNamespace("a").list().getItems());
        }
    }
}
