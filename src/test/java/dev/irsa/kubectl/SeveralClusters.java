package dev.irsa.kubectl;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.awsserver.IamServer;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.plan.SampleCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Two clusters in an AWS account, one in another, one that does not answer, and a user whose kubeconfig has them all. */
final class SeveralClusters extends PluginUser {
    static final String HOME = "111122223333";
    static final String OTHER = "444455556666";

    /** What a user has who may read both accounts. */
    static final String BOTH_ACCOUNTS = TwoAccounts.ANALYTICS;

    /** A cluster of the kubeconfig, whose context has its name. */
    static final class One {
        final String name;
        final InMemoryIam iam;
        final MockApiServer server = MockApiServer.start();

        One(String name, InMemoryIam iam) {
            this.name = name;
            this.iam = iam;
            server.setIssuer("https://" + issuer());
            create("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
            iam.createOpenIDConnectProvider(
                    provider -> provider.url("https://" + issuer()).clientIDList("sts.amazonaws.com"));
        }

        String issuer() {
            return name + ".example.com";
        }

        void create(String manifest) {
            server.client().resource(manifest).create();
        }

        private ClusterIdentity identity() {
            return SampleCluster.of(
                            name,
                            "id",
                            new Issuer("https://" + issuer()),
                            new AwsAccount("aws", iam.account().id(), ""),
                            "/irsa/" + name + "/")
                    .withOidcProvider(issuer());
        }

        void publishOperator() {
            PublishedOperator.in(server, identity());
        }

        /** From now on, the cluster has no operator. */
        void removeOperator() {
            refuse("/configmaps", 404);
        }

        /** From now on, the API server refuses these requests. */
        void refuse(String path, int status) {
            server.intercept(request -> request.path().contains(path)
                    ? ApiFault.refused(status, status == 404 ? "NotFound" : "Forbidden", "refused")
                    : ApiFault.none());
        }

        /** Creates a role that admits one ServiceAccount of namespace shop, and the ServiceAccount. */
        void role(String role, String serviceAccount) {
            iam.createRole(request -> request.roleName(role)
                    .assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "arn:aws:iam::%1$s:oidc-provider/%2$s"}, "Condition": {"StringEquals":
                    {"%2$s:sub": "system:serviceaccount:shop:%3$s", "%2$s:aud": "sts.amazonaws.com"}}}]}""".formatted(iam.account().id(), issuer(), serviceAccount)));
            annotate(role, serviceAccount);
        }

        /** Creates a ServiceAccount with an annotation for a role that may not exist. */
        void annotate(String role, String serviceAccount) {
            create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {namespace: shop, name: %s, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::%s:role/%s"}}
                """.formatted(serviceAccount, iam.account().id(), role));
        }

        /** Creates a role of ServiceAccount cart, which allows an action on every resource. */
        void roleOfCart(String role, String action) {
            role(role, "cart");
            iam.putRolePolicy(request -> request.roleName(role)
                    .policyName("own")
                    .policyDocument(
                            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"%s\", \"Resource\": \"*\"}]}"
                                    .formatted(action)));
        }
    }

    final InMemoryIam home = new InMemoryIam(InstantSource.system());
    final InMemoryIam other = new InMemoryIam("aws", OTHER, InstantSource.system());
    final IamServer aws;
    final One dev = new One("dev", home);
    final One prod = new One("prod", home);
    final One test = new One("test", other);
    private final Path kubeconfig;

    SeveralClusters(Path folder) throws IOException {
        super(folder);
        this.aws = IamServer.before(home, Map.of("AKIDOTHER", other));
        this.kubeconfig = writeKubeconfig();
        clusters().forEach(One::publishOperator);
        signIn(aws.uri(), BOTH_ACCOUNTS);
    }

    private List<One> clusters() {
        return List.of(dev, prod, test);
    }

    /** Of cluster prod, there are two contexts, of which one is the current one. Nothing listens at the address of gone. */
    private Path writeKubeconfig() throws IOException {
        return Files.writeString(
                folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: dev, cluster: {server: "%s"}}
                - {name: prod, cluster: {server: "%s"}}
                - {name: test, cluster: {server: "%s"}}
                - {name: gone, cluster: {server: "http://127.0.0.1:9"}}
                users: [{name: user, user: {}}]
                contexts:
                - {name: admin-of-prod, context: {cluster: prod, user: user, namespace: shop}}
                - {name: dev, context: {cluster: dev, user: user, namespace: shop}}
                - {name: prod, context: {cluster: prod, user: user, namespace: shop}}
                - {name: test, context: {cluster: test, user: user, namespace: shop}}
                - {name: gone, context: {cluster: gone, user: user, namespace: shop}}
                current-context: prod
                """.formatted(dev.server.url(), prod.server.url(), test.server.url()));
    }

    /** Replaces a text of the kubeconfig. */
    void replace(String text, String other) throws IOException {
        Files.writeString(kubeconfig, Files.readString(kubeconfig).replace(text, other));
    }

    @Override
    Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        clusters().forEach(one -> one.server.close());
        aws.close();
        super.close();
    }
}
