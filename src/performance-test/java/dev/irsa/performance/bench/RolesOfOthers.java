package dev.irsa.performance.bench;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.iam.IamClient;

/** Creates roles as eksctl does, for annotated ServiceAccounts in 40 namespaces. */
final class RolesOfOthers {
    private static final int NAMESPACES = 40;
    private static final int CLIENT_THREADS = 8;

    private final ControlPlane controlPlane;
    private final URI aws;
    private final String cluster;

    /**
     * Creates them later.
     *
     * @param cluster the name that eksctl knows, which is in the names of the roles
     */
    RolesOfOthers(ControlPlane controlPlane, URI aws, String cluster) {
        this.controlPlane = controlPlane;
        this.aws = aws;
        this.cluster = cluster;
    }

    RolesOfOthers(BenchMachine machine) {
        this(machine.controlPlane, machine.moto.endpoint(), BenchMachine.CLUSTER);
    }

    void create(int count) {
        namespaces()
                .forEach(name -> controlPlane
                        .client()
                        .resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                        .create());
        try (var iam = IamClients.at(aws)) {
            InParallel.forEach(
                    CLIENT_THREADS, IntStream.range(0, count).boxed().toList(), number -> create(iam, number));
        }
    }

    /** Waits until the namespaces no longer exist, so that the next number of roles can use them. */
    void deleteNamespaces() {
        var kubectl = new Kubectl(controlPlane.kubeconfig());
        namespaces()
                .forEach(name ->
                        kubectl.run("delete", "namespace", name, "--wait=false").orThrow());
        namespaces()
                .forEach(name -> kubectl.run("wait", "--for=delete", "namespace/" + name, "--timeout=120s")
                        .orThrow());
    }

    private static List<String> namespaces() {
        return IntStream.range(0, NAMESPACES)
                .mapToObj(number -> "imported-" + number)
                .toList();
    }

    private void create(IamClient iam, int number) {
        var namespace = "imported-" + number % NAMESPACES;
        var name = "app-" + number;
        var role = "eksctl-" + cluster + "-" + name;
        iam.createRole(request -> request.roleName(role).assumeRolePolicyDocument(trust(namespace, name)));
        iam.attachRolePolicy(
                request -> request.roleName(role).policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        iam.putRolePolicy(
                request -> request.roleName(role).policyName("Policy1").policyDocument(inline(number)));
        controlPlane
                .client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .addToAnnotations("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/" + role)
                        .endMetadata()
                        .build())
                .create();
    }

    private static String inline(int number) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],\
                "Resource":"arn:aws:s3:::bucket-%d/*"},{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}]}""".formatted(number);
    }

    private String trust(String namespace, String name) {
        var issuer = controlPlane.issuer().replaceFirst("https://", "");
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRoleWithWebIdentity"],\
                "Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/%1$s"},"Condition":{"StringEquals":\
                {"%1$s:aud":"sts.amazonaws.com","%1$s:sub":"system:serviceaccount:%2$s:%3$s"}}}]}""".formatted(issuer, namespace, name);
    }
}
