package dev.irsa.performance.bench;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

/** Creates roles as five tools do, for annotated ServiceAccounts in 40 namespaces. */
final class RolesOfOthers {
    private static final int NAMESPACES = 40;
    private static final int CLIENT_THREADS = 8;

    private final ControlPlane controlPlane;
    private final URI aws;
    private final List<Tool> tools;

    /** @param prefix of the names of its roles */
    private record Tool(String prefix, Map<String, String> byKey) {
        List<Tag> tags() {
            return byKey.entrySet().stream()
                    .map(tag -> Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList();
        }
    }

    /**
     * Creates them later.
     *
     * @param cluster the name of the cluster, which is in the names of the roles
     */
    RolesOfOthers(ControlPlane controlPlane, URI aws, String cluster) {
        this.controlPlane = controlPlane;
        this.aws = aws;
        // A role of Terraform has no trace of it. IAM allows no client to set the tags of a CloudFormation stack.
        this.tools = List.of(
                new Tool("eksctl-" + cluster + "-", Map.of("alpha.eksctl.io/cluster-name", cluster)),
                new Tool("terraform-" + cluster + "-", Map.of()),
                new Tool(
                        "ack-" + cluster + "-",
                        Map.of(
                                "services.k8s.aws/controller-version",
                                "iam-v1.5.0",
                                "services.k8s.aws/namespace",
                                "ack")),
                new Tool(
                        "crossplane-" + cluster + "-",
                        Map.of("crossplane-kind", "role.iam.aws.upbound.io", "crossplane-name", "role")),
                new Tool("pulumi-" + cluster + "-", Map.of("ManagedBy", "pulumi")));
    }

    RolesOfOthers(BenchMachine machine) {
        this(machine.controlPlane, machine.moto.endpoint(), BenchMachine.CLUSTER);
    }

    /** Creates so many roles, and returns the subjects of the tokens that each admits, by the name of the role. */
    Map<String, String> create(int count) {
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
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(
                        this::role, number -> "system:serviceaccount:" + namespace(number) + ":" + account(number)));
    }

    private String role(int number) {
        return tools.get(number % tools.size()).prefix() + account(number);
    }

    private static String namespace(int number) {
        return "imported-" + number % NAMESPACES;
    }

    private static String account(int number) {
        return "app-" + number;
    }

    /** Waits until the namespaces no longer exist, so that the next number of roles can use them. */
    void deleteNamespaces() {
        var kubectl = new Kubectl(controlPlane.kubeconfig());
        namespaces()
                .forEach(name ->
                        kubectl.run("delete", "namespace", name, "--wait=false").orThrow());
        namespaces()
                .forEach(name -> kubectl.run("wait", "--for=delete", "namespace/" + name, "--timeout=30m")
                        .orThrow());
    }

    private static List<String> namespaces() {
        return IntStream.range(0, NAMESPACES)
                .mapToObj(number -> "imported-" + number)
                .toList();
    }

    private void create(IamClient iam, int number) {
        var namespace = namespace(number);
        var name = account(number);
        var tool = tools.get(number % tools.size());
        var role = role(number);
        iam.createRole(request -> request.roleName(role)
                .assumeRolePolicyDocument(trust(namespace, name))
                .tags(tool.tags()));
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
