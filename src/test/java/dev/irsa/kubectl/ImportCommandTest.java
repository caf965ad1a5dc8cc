package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.awsserver.IamServer;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.plan.SampleCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.services.iam.model.Tag;

/** The command with an API server and with IAM in memory. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ImportCommandTest {
    private static final String ISSUER = "oidc.example.com";
    private static final String ARN = "arn:aws:iam::111122223333:role/";
    private static final ClusterIdentity CLUSTER = SampleCluster.withAdoption(
            SampleCluster.of(
                            "prod",
                            "id",
                            new Issuer("https://" + ISSUER),
                            new AwsAccount("aws", "111122223333", ""),
                            "/irsa/prod/")
                    .withOidcProvider(ISSUER),
            AdoptionScope.of(Set.of("/"), Set.of()));

    private final Properties before = (Properties) System.getProperties().clone();
    private final MockApiServer server = MockApiServer.start();
    private final InMemoryIam iam = new InMemoryIam(InstantSource.system());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path kubeconfig = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        kubeconfig = server.kubeconfig(folder, "shop");
        create("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        iam.createOpenIDConnectProvider(
                provider -> provider.url("https://" + ISSUER).clientIDList("sts.amazonaws.com"));
        PublishedOperator.in(server, CLUSTER);
    }

    @AfterEach
    void restore() {
        server.close();
        System.setProperties(before);
    }

    @Test
    void showsAndWritesWhatAdoptionNeeds() throws IOException {
        role("cart", "cart");
        annotate("cart", "cart");
        Path output = folder.resolve("imported");
        int written = iam.calls().writes();

        assertThat(run("--output-dir=" + output)).isZero();

        assertThat(out.toString())
                .containsPattern("shop +cart +cart +unknown +only ownership tags")
                .contains("IamEntitlement imported.shop")
                .endsWith("Import: 1 with ownership tags only, 0 with more changes, 0 created, 0 blocked, 0 refused."
                        + " Entitlements to add: 1.\n");
        assertThat(err.toString()).endsWith("Wrote 6 files to " + output + "; read " + output + "/HANDOVER.md next.\n");
        assertThat(Files.readString(output.resolve("entitlements/iamentitlement-imported.shop.yaml")))
                .endsWith("""
                        spec:
                          namespaceSelector:
                            matchLabels:
                              kubernetes.io/metadata.name: shop
                          allow:
                            managedPolicies:
                            - arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess
                            roleNames:
                            - cart
                            rolePaths:
                            - /
                          limits:
                            rolesPerNamespace: 1
                            sessionDurationSeconds: 3600
                        """);
        assertThat(iam.calls().writes()).isEqualTo(written);
    }

    @Test
    void readsEachRoleAndServiceAccountInBulk() {
        for (int i = 0; i < 20; i++) {
            role("cart-" + i, "cart-" + i);
            annotate("cart-" + i, "cart-" + i);
        }
        iam.calls().reset();

        assertThat(run()).isZero();

        assertThat(iam.calls().counts())
                .containsOnlyKeys("GetAccountAuthorizationDetails", "ListRoles", "GetOpenIDConnectProvider")
                .containsEntry("GetAccountAuthorizationDetails", 1)
                .containsEntry("ListRoles", 1);
        assertThat(server.requests().of("get", "serviceaccounts")).isZero();
    }

    @Test
    void offersNothingWithoutConfirmation() {
        role("cart", "cart");
        annotate("cart", "cart");

        assertThat(run("--offer=cart")).isEqualTo(1);

        assertThat(err.toString())
                .contains("Role cart will be offered to IamServiceAccount prod/shop/cart")
                .endsWith("error: no role is offered; confirm with y, or pass --yes\n");
        assertThat(iam.calls().of("TagRole")).isZero();
    }

    @Test
    void warnsBeforeTheConfirmation() {
        role("cart", "cart");
        annotate("cart", "cart");
        iam.putRolePermissionsBoundary(
                request -> request.roleName("cart").permissionsBoundary("arn:aws:iam::aws:policy/PowerUserAccess"));
        iam.faults().deny("GetPolicy");

        assertThat(run("--offer=cart")).isEqualTo(1);

        assertThat(err.toString())
                .containsSubsequence(
                        "warning: permissions boundary not checked: ",
                        "Role cart will be offered",
                        "error: no role is offered; confirm with y");
        err.getBuffer().setLength(0);
        assertThat(run("--offer=cart", "--yes")).isZero();
        assertThat(err.toString()).contains("warning: permissions boundary not checked: ");
    }

    @Test
    void offersNamedRolesOnce() {
        for (String name : List.of("cart", "web", "mail")) {
            role(name, name);
            annotate(name, name);
        }

        assertThat(run("--offer=cart", "--offer=web", "--offer=cart", "--offer=" + ARN + "cart", "--yes"))
                .isZero();

        assertThat(iam.calls().of("TagRole")).isEqualTo(2);
        assertThat(offer("cart")).isEqualTo("prod/shop/cart");
        assertThat(offer("web")).isEqualTo("prod/shop/web");
        assertThat(offer("mail")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"victim", "unknown", ""})
    void offersAllOrNone(String bad) {
        role("cart", "cart");
        annotate("cart", "cart");
        role("victim", "someone-else");
        annotate("thief", "victim");

        assertThat(run("--offer=cart", "--offer=" + bad, "--yes")).isEqualTo(1);

        assertThat(err.toString()).contains("error: role " + bad + " cannot be offered: ");
        assertThat(iam.calls().of("TagRole")).isZero();
        assertThat(offer("cart")).isEmpty();
    }

    /** The annotation of a tenant decides nothing, also if it comes first. */
    @Test
    void offersRoleOnlyToTheServiceAccountThatItAdmits() {
        role("victim", "victim");
        annotate("victim", "victim");
        annotate("a-thief", "victim");

        assertThat(run("--offer=victim", "--yes")).isZero();

        assertThat(offer("victim")).isEqualTo("prod/shop/victim");
    }

    /** The confirmation would show something else than what the operator does once the role is offered. */
    @ParameterizedTest
    @CsvSource({
        "'suspend: true', 'suspend: false', the operator would adopt the role at once; set suspend: true",
        "'AmazonS3ReadOnlyAccess', 'ReadOnlyAccess', differs from the one that this import writes; apply that one"
    })
    void offersNothingToAppliedResourceThatTheImportWouldNotWrite(String old, String applied, String why)
            throws IOException {
        role("cart", "cart");
        annotate("cart", "cart");
        String written = imported("cart");
        create(written.replace(old, applied));

        assertThat(run("--offer=cart", "--yes")).isEqualTo(1);

        assertThat(err.toString()).contains("role cart cannot be offered: its resource in the cluster", why);
        assertThat(offer("cart")).isEmpty();
    }

    /** A number in a document has another type once it was read. */
    @Test
    void offersRoleToAppliedResourceThatTheImportWrote() throws IOException {
        role("cart", "cart");
        iam.putRolePolicy(
                request -> request.roleName("cart").policyName("queue").policyDocument("""
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition":
                  {"NumericLessThan": {"aws:MultiFactorAuthAge": 3600}}}}"""));
        annotate("cart", "cart");
        create(imported("cart"));

        assertThat(run("--offer=cart", "--yes")).isZero();

        assertThat(offer("cart")).isEqualTo("prod/shop/cart");
    }

    @ParameterizedTest
    @CsvSource({"irsa.dev/adoptable-by, prod/other/cart", "irsa.dev/resource, other/cart"})
    void refusesRoleThatIsPromisedToOthers(String tag, String value) {
        role("cart", "cart");
        iam.tagRole(request -> request.roleName("cart")
                .tags(Tag.builder().key(tag).value(value).build()));
        annotate("cart", "cart");

        assertThat(run("--offer=cart", "--yes")).isEqualTo(1);

        assertThat(iam.calls().of("TagRole")).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "GetAccountAuthorizationDetails, iam:GetAccountAuthorizationDetails",
        "ListRoles, iam:ListRoles",
        "TagRole, iam:TagRole"
    })
    void namesMissingPermission(String action, String permission) {
        role("cart", "cart");
        annotate("cart", "cart");
        iam.faults().deny(action);

        assertThat(run("--offer=cart", "--yes")).isEqualTo(1);

        assertThat(err.toString().lines().filter(line -> line.startsWith("error: ")))
                .singleElement()
                .asString()
                .contains("you do not have the permission " + permission);
        assertThat(offer("cart")).isEmpty();
    }

    @Test
    void doesNotReplaceEntitlementOfAnEarlierImport() {
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: imported.shop}
                spec: {namespaceSelector: {}}
                """);
        role("cart", "cart");
        annotate("cart", "cart");

        assertThat(run("-o", "json")).isZero();

        assertThat(out.toString()).contains("\"entitlements\":[\"imported.shop.2\"]");
    }

    @Test
    void countsNothingForAnotherAccount() throws IOException {
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: analytics}
                spec: {account: analytics, namespaceSelector: {}, allow: {managedPolicies: ["*"], roleNames: ["*"], rolePaths: ["/*"]}}
                """);
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: shop, name: reports}
                spec: {account: analytics}
                """);
        role("cart", "cart");
        annotate("cart", "cart");
        Path output = folder.resolve("imported");

        assertThat(run("--output-dir=" + output)).isZero();

        assertThat(Files.readString(output.resolve("entitlements/iamentitlement-imported.shop.yaml")))
                .contains("rolesPerNamespace: 1")
                .doesNotContain("account:");
    }

    /** An import never writes spec.account, so the resource is not one of its own that it may write again. */
    @Test
    void keepsResourceThatAdoptsARoleInAnotherAccount() {
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: shop, name: cart}
                spec: {account: analytics, deletionPolicy: Retain, role: {name: cart, path: /, adoption: IfOffered}}
                """);
        role("cart", "cart");
        annotate("cart", "cart");

        assertThat(run("-o", "json")).isZero();

        assertThat(out.toString()).isEqualTo("{\"accounts\":[],\"entitlements\":[]}\n");
    }

    @Test
    void refusesFolderWithFilesBeforeItReadsAnything() throws IOException {
        Files.writeString(folder.resolve("a"), "");

        assertThat(run("--output-dir=" + folder)).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("error: --output-dir " + folder
                        + " is not an empty folder; name another one, so that no file is lost\n");
        assertThat(iam.calls().of("GetAccountAuthorizationDetails")).isZero();
    }

    @Test
    void printsEmptyDocumentForPrograms() {
        assertThat(run("-A", "-o", "json")).isZero();

        assertThat(out.toString()).isEqualTo("{\"accounts\":[],\"entitlements\":[]}\n");
        assertThat(err.toString()).endsWith("No ServiceAccount has a role of another tool.\n");
    }

    /** The API server would reject the resource, and with it the folder. */
    @Test
    void refusesNamesThatAResourceCannotHave() throws IOException {
        String fits = "a".repeat(63);
        role("fits", fits);
        annotate(fits, "fits");
        role("long", fits + "b");
        annotate(fits + "b", "long");
        Path eksctl = Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: eksctl.io/v1alpha5
                kind: ClusterConfig
                metadata: {name: prod, region: eu-west-1}
                iam: {serviceAccounts: [{metadata: {namespace: shop, name: %scc}, attachPolicyARNs: [ReadOnlyAccess]}]}
                """.formatted(fits));
        Path output = folder.resolve("imported");

        assertThat(run("--from-eksctl=" + eksctl, "--output-dir=" + output)).isZero();

        assertThat(out.toString())
                .contains("the name of the ServiceAccount has more than 63 characters")
                .contains("1 with ownership tags only, 0 with more changes, 0 created, 0 blocked, 2 refused.");
        assertThat(output.resolve("namespaces/shop"))
                .isDirectoryNotContaining(file -> file.toString().contains(fits + "b"))
                .isDirectoryNotContaining(file -> file.toString().contains(fits + "cc"));
        assertThat(run("--offer=long", "--yes")).isEqualTo(1);
        assertThat(offer("long")).isEmpty();
    }

    @Test
    void needsAws() {
        assertThat(run("--no-aws")).isEqualTo(1);

        assertThat(err.toString()).isEqualTo("""
                        warning: not compared with IAM: --no-aws is set
                        error: roles cannot be imported without AWS; see the warning above
                        """);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        try (IamServer aws = IamServer.before(iam)) {
            Map.of(
                            "aws.region", "eu-west-1",
                            "aws.accessKeyId", "AKIDEXAMPLE",
                            "aws.secretAccessKey", "secret",
                            "aws.endpointUrl", aws.uri().toString())
                    .forEach(System::setProperty);
            return new CommandLine(new ImportCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(all.toArray(String[]::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the manifest that an import writes. */
    private String imported(String name) throws IOException {
        Path output = folder.resolve("imported");
        assertThat(run("--output-dir=" + output)).isZero();
        return Files.readString(output.resolve("namespaces/shop/iamserviceaccount-" + name + ".yaml"));
    }

    private String offer(String role) {
        return iam.role(role).orElseThrow().tags().getOrDefault("irsa.dev/adoptable-by", "");
    }

    /** Creates a role that admits one ServiceAccount of the namespace. */
    private void role(String name, String serviceAccount) {
        iam.createRole(
                request -> request.roleName(name).assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/%1$s"}, "Condition": {"StringEquals":
                    {"%1$s:sub": "system:serviceaccount:shop:%2$s", "%1$s:aud": "sts.amazonaws.com"}}}]}""".formatted(ISSUER, serviceAccount)));
        iam.attachRolePolicy(
                request -> request.roleName(name).policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
    }

    private void annotate(String name, String role) {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {namespace: shop, name: %s, annotations: {eks.amazonaws.com/role-arn: "%s"}}
                """.formatted(name, ARN + role));
    }

    private void create(String manifest) {
        server.client().resource(manifest).create();
    }
}
