package dev.irsa.performance.bench;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** So many resources, each with one managed and one inline policy, 50 in a namespace. */
final class ResourceBatch {
    static final String MANAGED_POLICY = "AmazonS3ReadOnlyAccess";
    static final String INLINE_POLICY = """
            {"Version": "2012-10-17", "Statement": [\
            {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::invoices/*"]}]}""";

    private static final int PER_NAMESPACE = 50;
    private static final int HANDS = 16;

    private final KubernetesClient client;
    private final List<Member> members;

    /** Makes the namespaces, and nothing in them. */
    ResourceBatch(KubernetesClient client, String name, int size) {
        this.client = client;
        this.members = IntStream.range(0, size)
                .mapToObj(i -> new Member(name + "-" + i / PER_NAMESPACE, "app-" + i))
                .toList();
        InParallel.forEach(
                HANDS,
                namespaces(),
                namespace -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                        .create());
    }

    /** One resource. */
    private record Member(String namespace, String name) {
        IamServiceAccount resource() {
            return Serialization.unmarshal(
                    """
                    apiVersion: irsa.dev/v1alpha1
                    kind: IamServiceAccount
                    metadata: {namespace: %s, name: %s}
                    spec:
                      policies:
                        managed: [%s]
                        inline:
                        - {name: read-invoices, document: %s}
                    """.formatted(namespace, name, MANAGED_POLICY, INLINE_POLICY), IamServiceAccount.class);
        }
    }

    int size() {
        return members.size();
    }

    /** The roles that the operator makes for them in a cluster of that name. */
    List<String> roles(String cluster) {
        return members.stream()
                .map(member -> cluster + "_" + member.namespace() + "_" + member.name())
                .toList();
    }

    /** From the first create to the last Ready that a watch saw. */
    Duration createUntilReady() {
        var resources = members.stream().map(Member::resource).toList();
        try (var sights = new ReadinessInformer(client, size())) {
            var began = System.nanoTime();
            InParallel.forEach(
                    HANDS, resources, resource -> client.resource(resource).create());
            sights.awaitAllReady();
            return Duration.ofNanos(sights.lastReady() - began);
        }
    }

    /** From the first delete to the last that a watch saw go. */
    Duration deleteUntilGone() {
        try (var sights = new ReadinessInformer(client, size())) {
            sights.awaitAllReady();
            var began = System.nanoTime();
            InParallel.forEach(
                    HANDS,
                    members,
                    member -> client.resources(IamServiceAccount.class)
                            .inNamespace(member.namespace())
                            .withName(member.name())
                            .delete());
            sights.awaitAllGone();
            return Duration.ofNanos(sights.lastGone() - began);
        }
    }

    /** The garbage collector's work should not be in the way of what is measured next. */
    void awaitNoServiceAccounts() {
        Awaitility.await("the ServiceAccounts of the fleet are gone")
                .atMost(Duration.ofMinutes(10))
                .until(() -> namespaces().stream().allMatch(this::hasOnlyDefaultServiceAccount));
    }

    private boolean hasOnlyDefaultServiceAccount(String namespace) {
        return client.serviceAccounts().inNamespace(namespace).list().getItems().stream()
                .allMatch(account -> account.getMetadata().getName().equals("default"));
    }

    private List<String> namespaces() {
        return members.stream().map(Member::namespace).distinct().toList();
    }
}
