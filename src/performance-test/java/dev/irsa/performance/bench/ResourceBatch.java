package dev.irsa.performance.bench;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A number of resources with the same policies, 50 per namespace. */
final class ResourceBatch {
    static final String MANAGED_POLICY = "AmazonS3ReadOnlyAccess";
    static final String INLINE_POLICY = """
            {"Version": "2012-10-17", "Statement": [\
            {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::invoices/*"]}]}""";

    static final String POLICIES = "policies: {managed: [" + MANAGED_POLICY
            + "], inline: [{name: read-invoices, document: " + INLINE_POLICY + "}]}";
    private static final int PER_NAMESPACE = 50;
    private static final int CLIENT_THREADS = 16;

    private final KubernetesClient client;
    private final List<Member> members;

    /** Creates the namespaces. Each resource has one managed and one inline policy. */
    ResourceBatch(KubernetesClient client, String name, int size) {
        this(client, name, size, POLICIES);
    }

    /**
     * Creates the namespaces.
     *
     * @param spec the fields of the spec of each resource, in YAML flow style
     */
    ResourceBatch(KubernetesClient client, String name, int size, String spec) {
        this(client, name, size, _ -> spec);
    }

    /** Creates a namespace for all of them. */
    static ResourceBatch inOneNamespace(KubernetesClient client, String namespace, int size, String spec) {
        return new ResourceBatch(client, size, i -> new Member(namespace, "app-" + i, spec));
    }

    /**
     * Creates the namespaces.
     *
     * @param spec the same by the number of the resource
     */
    ResourceBatch(KubernetesClient client, String name, int size, IntFunction<String> spec) {
        this(client, size, i -> new Member(name + "-" + i / PER_NAMESPACE, "app-" + i, spec.apply(i)));
    }

    private ResourceBatch(KubernetesClient client, int size, IntFunction<Member> member) {
        this.client = client;
        this.members = IntStream.range(0, size).mapToObj(member).toList();
        InParallel.forEach(
                CLIENT_THREADS,
                namespaces(),
                namespace -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                        .create());
    }

    /** Returns one resource. */
    private record Member(String namespace, String name, String spec) {
        IamServiceAccount resource() {
            return Serialization.unmarshal("""
                    apiVersion: irsa.dev/v1beta1
                    kind: IamServiceAccount
                    metadata: {namespace: %s, name: %s}
                    spec: {%s}
                    """.formatted(namespace, name, spec), IamServiceAccount.class);
        }
    }

    int size() {
        return members.size();
    }

    /** Returns the names of their roles in a cluster of that name. */
    List<String> roles(String cluster) {
        return members.stream()
                .map(member -> cluster + "_" + member.namespace() + "_" + member.name())
                .toList();
    }

    /** Creates the resources. */
    void create() {
        InParallel.forEach(
                CLIENT_THREADS,
                members,
                member -> client.resource(member.resource()).create());
    }

    /** Returns the time from the first create to the last Ready event. */
    Duration createUntilReady() {
        return createUntilReady(_ -> true);
    }

    /** Does the same beside other resources, whose statuses are not as expected. */
    Duration createUntilReady(Predicate<IamServiceAccountStatus> expected) {
        try (var informer = new ReadinessInformer(client, size(), expected)) {
            var began = System.nanoTime();
            create();
            informer.awaitAllReady();
            return Duration.ofNanos(informer.lastReady() - began);
        }
    }

    /** Returns the time from the first delete to the last deletion event. */
    Duration deleteAndAwait() {
        return deleteAndAwait(_ -> true);
    }

    /** Does the same beside other resources, whose statuses are not as expected. */
    Duration deleteAndAwait(Predicate<IamServiceAccountStatus> expected) {
        return deleteAndAwait(
                expected,
                () -> InParallel.forEach(
                        CLIENT_THREADS,
                        members,
                        member -> client.resources(IamServiceAccount.class)
                                .inNamespace(member.namespace())
                                .withName(member.name())
                                .delete()));
    }

    /** Returns the time from the deletion of the namespaces to the last deletion event, beside resources without templates. */
    Duration deleteNamespaces() {
        return deleteAndAwait(
                status -> !status.policyTemplates().isEmpty(),
                () -> namespaces()
                        .forEach(namespace ->
                                client.namespaces().withName(namespace).delete()));
    }

    private Duration deleteAndAwait(Predicate<IamServiceAccountStatus> expected, Runnable deletion) {
        try (var informer = new ReadinessInformer(client, size(), expected)) {
            informer.awaitAllReady();
            var began = System.nanoTime();
            deletion.run();
            informer.awaitAllDeleted();
            return Duration.ofNanos(informer.lastDeleted() - began);
        }
    }

    /** Waits for the garbage collector, which would disturb the next measurement. */
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
