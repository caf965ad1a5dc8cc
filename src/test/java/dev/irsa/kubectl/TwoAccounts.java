package dev.irsa.kubectl;

import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.awsserver.IamServer;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.kubernetes.OperatorInfo;
import dev.irsa.port.OperatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/** A cluster with an operator, its AWS account, another account, and the AWS configuration of a user of both. */
final class TwoAccounts extends PluginUser {
    static final String OTHER = "444455556666";
    static final String ISSUER = "kubernetes.default.svc";
    static final String ACCOUNT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamAccount
            metadata: {name: analytics}
            spec: {accountID: "444455556666", roleARN: "arn:aws:iam::444455556666:role/irsa-operator", rolePath: /irsa/analytics/}
            """;
    /** A profile whose keys only STS knows. */
    static final String KEYS = "[profile %s]\naws_access_key_id = %s\naws_secret_access_key = secret\n";

    static final String ANALYTICS = KEYS.formatted("analytics", "AKIDOTHER");

    final MockApiServer server = MockApiServer.start();
    final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    /** How long ago a role is created that is created now. */
    Duration age = Duration.ZERO;

    private final InstantSource clock = () -> started.minus(age);
    final InMemoryIam home = new InMemoryIam(clock);
    final InMemoryIam other = new InMemoryIam("aws", OTHER, clock);
    final IamServer aws;
    private final Path kubeconfig;

    TwoAccounts(Path folder) throws IOException {
        super(folder);
        this.kubeconfig = server.kubeconfig(folder, "shop");
        this.aws = IamServer.before(home, Map.of("AKIDOTHER", other));
        server.setIssuer("https://" + ISSUER);
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        PublishedOperator.in(server, cluster());
        provider(home);
        provider(other);
        signIn(aws.uri(), "");
    }

    private static void provider(InMemoryIam iam) {
        iam.createOpenIDConnectProvider(
                provider -> provider.url("https://" + ISSUER).clientIDList("sts.amazonaws.com"));
    }

    static ClusterIdentity cluster() {
        return SampleCluster.withAdoption(
                SampleCluster.of(
                                "prod",
                                "id",
                                new Issuer("https://" + ISSUER),
                                new AwsAccount("aws", "111122223333", ""),
                                "/irsa/prod/")
                        .withOidcProvider(ISSUER),
                AdoptionScope.of(Set.of("/"), Set.of()));
    }

    /** Returns the flag with the settings of the operator in a file. */
    String settings() throws IOException {
        OperatorSettings settings = PublishedOperator.settings(cluster(), Documentation.HOME);
        return "--operator-settings="
                + Files.writeString(
                        folder.resolve("settings.json"),
                        OperatorInfo.data(settings).getOrDefault("operator.json", ""));
    }

    void create(String manifest) {
        server.client().resource(manifest).create();
    }

    /** Creates a role that admits one ServiceAccount of the namespace, and the ServiceAccount. */
    void role(InMemoryIam iam, String name) {
        String id = iam.account().id();
        iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "arn:aws:iam::%1$s:oidc-provider/%2$s"}, "Condition": {"StringEquals":
                    {"%2$s:sub": "system:serviceaccount:shop:%3$s", "%2$s:aud": "sts.amazonaws.com"}}}]}""".formatted(id, ISSUER, name)));
        annotate(name, "arn:aws:iam::" + id + ":role/" + name);
    }

    void annotate(String serviceAccount, String arn) {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {namespace: shop, name: %s, annotations: {eks.amazonaws.com/role-arn: "%s"}}
                """.formatted(serviceAccount, arn));
    }

    @Override
    Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        server.close();
        aws.close();
        super.close();
    }
}
