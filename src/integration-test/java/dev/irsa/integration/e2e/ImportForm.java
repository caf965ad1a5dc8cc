package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ControlPlaneSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A role in the form that a tool documents for it.
 *
 * @param serviceAccount its ServiceAccount, which has the label of the tool
 * @param role its name
 * @param trust its trust policy; {@code PROVIDER}, {@code ISSUER} and {@code SUBJECT} are placeholders
 * @param manager the field manager of the annotation
 * @param tags those of the tool and of its user
 * @param limited whether it has a permissions boundary, a description, and a session duration and a path of its own
 */
record ImportForm(
        String serviceAccount,
        String role,
        String trust,
        String manager,
        Map<String, String> labels,
        Map<String, String> tags,
        boolean limited) {
    private static final String ACTION = "\"Action\": \"sts:AssumeRoleWithWebIdentity\"";
    private static final String FEDERATED = "\"Principal\": {\"Federated\": \"PROVIDER\"}";
    private static final String EQUALS =
            "{\"StringEquals\": {\"ISSUER:sub\": \"SUBJECT\", \"ISSUER:aud\": \"sts.amazonaws.com\"}}";

    ImportForm {
        labels = Map.copyOf(labels);
        tags = Map.copyOf(tags);
    }

    private static ImportForm of(String serviceAccount, String role, String statement, Map<String, String> tags) {
        return new ImportForm(
                serviceAccount,
                role,
                "{\"Version\": \"2012-10-17\", \"Statement\": " + statement + "}",
                "kubectl-client-side-apply",
                Map.of(),
                tags,
                false);
    }

    /** The stack of eksctl, with the tags of its role. */
    static ImportForm eksctl(String namespace) {
        String stack = "eksctl-prod-addon-iamserviceaccount-" + namespace + "-cart";
        Map<String, String> tags = new TreeMap<>(stackTags(stack, "Role1"));
        tags.putAll(Map.of(
                "alpha.eksctl.io/cluster-name", "prod",
                "eksctl.cluster.k8s.io/v1alpha1/cluster-name", "prod",
                "alpha.eksctl.io/eksctl-version", "0.230.0",
                "alpha.eksctl.io/iamserviceaccount-name", namespace + "/cart",
                "cost-center", "shop"));
        return of(
                        "cart",
                        "eksctl-prod-addon-" + namespace + "-Role1-8GTAFDTTAHJC",
                        """
                        [{"Action": ["sts:AssumeRoleWithWebIdentity"], "Effect": "Allow", %s, "Condition": %s}]""".formatted(FEDERATED, EQUALS),
                        tags)
                .with("eksctl", Map.of("app.kubernetes.io/managed-by", "eksctl"));
    }

    /** iam-role-for-service-accounts-eks of version 5, which writes the subjects as a list. */
    static ImportForm terraform5() {
        return of(
                        "external-dns",
                        "external-dns",
                        """
                        [{"Effect": "Allow", %s, %s, "Condition": {"StringEquals": {"ISSUER:aud": "sts.amazonaws.com",
                          "ISSUER:sub": ["SUBJECT"]}}}]""".formatted(ACTION, FEDERATED),
                        Map.of("Environment", "dev", "on", "off"))
                .withLimits();
    }

    /** iam-role-for-service-accounts of version 6. */
    static ImportForm terraform6() {
        return of(
                "ebs-csi",
                "ebs-csi-20260101120000000000000001",
                "{\"Effect\": \"Allow\", %s, %s, \"Condition\": %s}".formatted(ACTION, FEDERATED, EQUALS),
                Map.of());
    }

    /** An object of AWS Controllers for Kubernetes. */
    static ImportForm ack() {
        return of(
                "orders",
                "ack-orders",
                "[{\"Effect\": \"Allow\", %s, %s, \"Condition\": %s}]".formatted(FEDERATED, ACTION, EQUALS),
                Map.of("services.k8s.aws/controller-version", "iam-v1.3.0", "services.k8s.aws/namespace", "shop"));
    }

    /** The construct of the CDK for a ServiceAccount. */
    static ImportForm cdk() {
        return of(
                        "invoices",
                        "Cluster-InvoicesRole0C35B1BD-1M3LNB2XJ4Q5K",
                        """
                        [{"Action": "sts:AssumeRoleWithWebIdentity", "Condition": %s, "Effect": "Allow", %s}]""".formatted(EQUALS, FEDERATED),
                        stackTags("Cluster", "InvoicesRole0C35B1BD"))
                .with("kubectl-client-side-apply", Map.of("app.kubernetes.io/name", "invoices"));
    }

    /** A role of the console, on a ServiceAccount of a Helm chart. */
    static ImportForm byHand() {
        return of("kustomization", "made.by+hand", """
                        [{"Effect": "Allow", "Principal": {"Federated": ["PROVIDER"]}, %s,
                          "Condition": {"StringEquals": {"ISSUER:sub": ["SUBJECT"], "ISSUER:aud": ["sts.amazonaws.com"]}}}]""".formatted(ACTION), Map.of("1e3", "0123"))
                .with("helm", Map.of("app.kubernetes.io/managed-by", "Helm"))
                .withLimits();
    }

    private ImportForm with(String fieldManager, Map<String, String> theirs) {
        return new ImportForm(serviceAccount, role, trust, fieldManager, theirs, tags, limited);
    }

    private ImportForm withLimits() {
        return new ImportForm(serviceAccount, role, trust, manager, labels, tags, true);
    }

    private static Map<String, String> stackTags(String stack, String logicalId) {
        return Map.of(
                "aws:cloudformation:stack-name",
                stack,
                "aws:cloudformation:stack-id",
                "arn:aws:cloudformation:eu-west-1:123456789012:stack/" + stack + "/8d1c",
                "aws:cloudformation:logical-id",
                logicalId);
    }

    /** Returns the forms of roles for the ServiceAccounts of a namespace. */
    static List<ImportForm> all(String namespace) {
        return List.of(eksctl(namespace), terraform5(), terraform6(), ack(), cdk(), byHand());
    }

    /** Returns a trust policy for a subject. */
    static String document(String trust, String subject) {
        String issuer = ControlPlaneSettings.EKS_ISSUER.replace("https://", "");
        return trust.replace("PROVIDER", "arn:aws:iam::123456789012:oidc-provider/" + issuer)
                .replace("ISSUER", issuer)
                .replace("SUBJECT", subject);
    }

    /** Returns the path of the role. */
    String path() {
        return limited ? "/teams/shop/" : "/";
    }

    String arn() {
        return "arn:aws:iam::123456789012:role" + path() + role;
    }

    /** Creates the role as the tool does. */
    void createRole(TestEnvironment env, String namespace) {
        env.iam()
                .createRole(request -> request.roleName(role)
                        .path(path())
                        .description(limited ? "yes: \"External DNS\"" : null)
                        .maxSessionDuration(limited ? 7200 : 3600)
                        .permissionsBoundary(limited ? "arn:aws:iam::aws:policy/PowerUserAccess" : null)
                        .assumeRolePolicyDocument(
                                document(trust, "system:serviceaccount:" + namespace + ":" + serviceAccount)));
        ConsoleUser.tag(env, role, tags);
        env.iam()
                .attachRolePolicy(
                        request -> request.roleName(role).policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        env.iam()
                .putRolePolicy(
                        request -> request.roleName(role).policyName("queue").policyDocument("""
                        {"Version": "2012-10-17", "Statement": [{"Sid": "", "Effect": "Allow", "Action":
                          ["sqs:SendMessage", "SQS:GetQueueUrl"], "Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/team}"}]}"""));
    }

    /** Creates the ServiceAccount as the tool does. */
    void createAccount(TestEnvironment env, String namespace) {
        String manifest = """
                {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"namespace": "%s", "name": "%s", "labels": {%s},
                  "annotations": {"eks.amazonaws.com/role-arn": "%s"%s}}}
                """.formatted(
                        namespace,
                        serviceAccount,
                        labels.entrySet().stream()
                                .map(label -> "\"" + label.getKey() + "\": \"" + label.getValue() + "\"")
                                .reduce((one, other) -> one + ", " + other)
                                .orElse(""),
                        arn(),
                        Optional.of(", \"eks.amazonaws.com/token-expiration\": \"43200\"")
                                .filter(_ -> limited)
                                .orElse(""));
        env.kubectl()
                .run(manifest, List.of("apply", "--server-side", "--field-manager=" + manager, "--filename=-"))
                .orThrow();
    }
}
