package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.awsserver.IamServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.iam.model.Tag;

/** The commands of a user who has several AWS accounts, with IAM in memory. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class OtherAccountsTest {
    private static final String REPORTS = "arn:aws:iam::444455556666:role/irsa/analytics/prod_shop_reports";
    private static final String RESOURCE = """
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata: {namespace: shop, name: reports}
            spec: {account: analytics}
            """;
    private static final String ENTITLEMENT = """
            apiVersion: irsa.dev/v1beta1
            kind: IamEntitlement
            metadata: {name: analytics}
            spec: {account: analytics, namespaceSelector: {}, allow: {managedPolicies: ["*"]}}
            """;

    @TempDir
    private Path folder;

    private TwoAccounts world;

    @BeforeEach
    void start() throws IOException {
        world = new TwoAccounts(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** Creates the resource as the operator reports it after it has created the role. */
    private void createReadyResource() {
        String resource = RESOURCE + """
                status:
                  observedGeneration: 1
                  roleARN: %s
                  role: {id: AROA1}
                  conditions: [{type: Ready, status: "True", observedGeneration: 1, reason: Ready, message: up to date,
                    lastTransitionTime: "2026-11-30T10:00:00Z"}]
                """.formatted(REPORTS);
        world.create(resource);
        world.server.client().resource(resource).patchStatus();
        world.annotate("reports", REPORTS);
    }

    private void denyIamAccounts() {
        world.server.intercept(request -> request.path().contains("iamaccounts")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());
    }

    @Test
    void readsTheAccountWithTheProfileOfTheUserThatIsOfIt() throws IOException {
        Path trap = folder.resolve("trap");
        world.configure("[profile a]\ncredential_process = touch " + trap + "\n"
                + "[profile b]\nsource_profile = missing\nrole_arn = arn:aws:iam::999999999999:role/x\n"
                + "[profile c]\nsso_session = work\nsso_account_id = 777788889999\n"
                + TwoAccounts.KEYS.formatted("d", IamServer.UNKNOWN_KEY)
                + TwoAccounts.KEYS.formatted("e", IamServer.UNKNOWN_KEY) + "aws_account_id = 444455556666\n"
                + TwoAccounts.KEYS.formatted("f", "AKIDOTHER") + "aws_account_id = 444455556666\n"
                + TwoAccounts.KEYS.formatted("g", "AKIDOTHER") + "aws_account_id = 444455556666\n");
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        world.create(RESOURCE);

        assertThat(world.run(new PlanCommand())).isZero();

        assertThat(world.out.toString())
                .contains("create role " + REPORTS)
                .contains("arn:aws:iam::444455556666:oidc-provider/" + TwoAccounts.ISSUER)
                .doesNotContain("111122223333");
        assertThat(world.err.toString()).isEmpty();
        assertThat(world.other.calls().of("GetRole")).isPositive();
        assertThat(world.home.calls().of("GetRole")).isZero();
        assertThat(world.aws.callers()).containsExactly("AKIDEXAMPLE", IamServer.UNKNOWN_KEY, "AKIDOTHER");
        assertThat(trap).doesNotExist();
    }

    @Test
    void triesAllProfilesThatMayBeOfTheAccountBeforeItGivesUp() throws IOException {
        world.configure("[profile analytics]\nsso_session = work\nsso_account_id = 444455556666\n"
                + "[profile b]\ncredential_process = false\naws_account_id = 444455556666\n"
                + TwoAccounts.KEYS.formatted("broken", IamServer.UNKNOWN_KEY)
                + TwoAccounts.KEYS.formatted("own", "AKIDMINE"));
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        world.create(RESOURCE);

        assertThat(world.run(new PlanCommand(), "-o", "json")).isZero();

        assertThat(world.aws.callers()).containsExactly("AKIDEXAMPLE", IamServer.UNKNOWN_KEY, "AKIDMINE");
        assertThat(world.out.toString())
                .contains("\"action\":\"create\"", "\"comparedWithIam\":false")
                .contains("not compared with IAM in account 444455556666 (IamAccount analytics): account 444455556666"
                        + " cannot be read: your AWS credentials are of account 111122223333, and AWS profile analytics is not tried unless you name it, because it may start"
                        + " a program or ask you; pass --profile-for 444455556666=analytics");
    }

    @Test
    void readsTheOtherAccountWithoutCredentialsForThatOfTheOperator() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.setProperty("aws.disableEc2Metadata", "true");
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        world.create(RESOURCE);

        assertThat(world.run(new PlanCommand(), "-o", "json")).isZero();
        assertThat(world.out.toString()).contains("\"comparedWithIam\":true", "create role " + REPORTS);
        assertThat(world.aws.callers()).containsExactly("AKIDOTHER");

        world.configure("");
        assertThat(world.run(new PlanCommand(), "-o", "json")).isZero();
        assertThat(world.out.toString())
                .contains("\"comparedWithIam\":false")
                .contains(
                        "account 444455556666 cannot be read: your AWS credentials are missing, expired, or not valid, and"
                                + " no AWS profile of the account was found; pass --profile-for 444455556666=PROFILE");
    }

    @Test
    void usesTheProfileThatTheUserNames() throws IOException {
        world.configure("[profile b]\ncredential_process = "
                + program("{\"Version\":1,\"AccessKeyId\":\"AKIDOTHER\",\"SecretAccessKey\":\"secret\"}") + "\n"
                + TwoAccounts.ANALYTICS + TwoAccounts.KEYS.formatted("own", "AKIDMINE"));
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        world.create(RESOURCE);

        assertThat(world.run(new PlanCommand(), "--profile-for=444455556666=b")).isZero();
        assertThat(world.err.toString()).isEmpty();
        assertThat(world.aws.callers()).containsExactly("AKIDOTHER");

        assertThat(world.run(new PlanCommand(), "--profile-for", "444455556666=own"))
                .isZero();
        assertThat(world.err.toString())
                .contains("account 444455556666 cannot be read: AWS profile own is of account 111122223333; pass"
                        + " --profile-for 444455556666=PROFILE with another profile, or correct this one");

        assertThat(world.run(new PlanCommand(), "--profile-for", "444455556666=none"))
                .isZero();
        assertThat(world.err.toString()).contains("there is no AWS profile none");

        assertThat(world.run(new GetCommand(), "--profile-for", "analytics=own"))
                .isEqualTo(2);
        assertThat(world.err.toString()).contains("'analytics=own' is not of the form ACCOUNT-ID=PROFILE");
    }

    private String program(String output) throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\necho '" + output + "'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program.toString();
    }

    @Test
    void readsTheAccountOfTheOperatorWithTheProfileThatTheUserNames() throws IOException {
        world.configure(TwoAccounts.KEYS.formatted("home", "AKIDMINE"));
        System.setProperty("aws.accessKeyId", "AKIDOTHER");
        world.create(RESOURCE.replace("account: analytics", ""));

        assertThat(world.run(new PlanCommand(), "--profile-for=111122223333=home"))
                .isEqualTo(1);

        assertThat(world.err.toString()).isEmpty();
        assertThat(world.aws.callers()).containsExactly("AKIDMINE");
    }

    @Test
    void callsNothingElseWithoutARoleInAnotherAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        denyIamAccounts();
        world.role(world.home, "cart");
        world.home.calls().reset();

        assertThat(world.run(new GetCommand())).isZero();
        assertThat(world.run(new PlanCommand())).isZero();
        assertThat(world.run(new DoctorCommand(), "sa/cart")).isNotNegative();
        assertThat(world.run(new ImportCommand())).isZero();

        assertThat(world.aws.callers()).containsOnly("AKIDEXAMPLE").hasSize(4);
        assertThat(world.other.calls().of("GetRole")).isZero();
        assertThat(world.server.requests().of("list", "iamaccounts")).isZero();
    }

    @Test
    void explainsTheRoleInTheOtherAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        createReadyResource();

        world.run(new ExplainCommand(), "reports");

        assertThat(world.out.toString())
                .containsPattern("Role +" + REPORTS)
                .containsPattern("IamAccount +analytics")
                .containsPattern("ok +An entitlement allows it +IamEntitlement analytics")
                .containsPattern(
                        "! +Role and ServiceAccount are up to date +\\d+ changes? to make, the first: create role")
                .containsPattern("FAILED +Role exists +" + REPORTS + " does not exist")
                .doesNotContain("111122223333");
        assertThat(world.other.calls().of("GetRole")).isPositive();
        assertThat(world.home.calls().of("GetRole")).isZero();
    }

    /** A developer may not read IamAccounts, and needs no credentials for the account. */
    @Test
    void explainsWhatItCanWithoutTheAccount() {
        world.create(ENTITLEMENT);
        createReadyResource();
        denyIamAccounts();

        world.run(new ExplainCommand(), "reports");

        String reason =
                "account 444455556666 cannot be read: your AWS credentials are of account 111122223333, and no AWS"
                        + " profile of the account was found; pass --profile-for 444455556666=PROFILE";
        assertThat(world.out.toString())
                .containsPattern("ok +An entitlement allows it +IamEntitlement analytics")
                .containsPattern("\\? +Role and ServiceAccount are up to date +not compared with IAM in account")
                .containsPattern("\\? +Role exists +\\Q" + reason)
                .containsPattern("\\? +Trust policy admits the ServiceAccount +\\Q" + reason)
                .doesNotContain("arn:aws:iam::111122223333");
        assertThat(world.home.calls().of("GetRole")).isZero();
    }

    @Test
    void diagnosesTheRoleInTheOtherAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.role(world.other, "reports");

        world.run(new DoctorCommand(), "sa/reports");

        assertThat(world.out.toString())
                .containsPattern("ok +Role exists +arn:aws:iam::444455556666:role/reports")
                .containsPattern("ok +Trust policy names the issuer +arn:aws:iam::444455556666:oidc-provider/")
                .containsPattern("ok +Trust policy admits the ServiceAccount +system:serviceaccount:shop:reports");
    }

    @Test
    void listsTheAccountOfEachRoleAndReadsItsTagsThere() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.create(RESOURCE);
        world.role(world.home, "cart");
        world.role(world.other, "mail");
        world.other.tagRole(request -> request.roleName("mail")
                .tags(Tag.builder().key("irsa-controller").value("y").build()));

        assertThat(world.run(new GetCommand())).isZero();

        assertThat(world.err.toString()).doesNotContain("not used");
        assertThat(world.out.toString())
                .containsPattern("cart +IRSA +unknown .* 111122223333 +cart\n")
                .containsPattern("mail +IRSA +domechn irsa-controller .* 444455556666 +mail\n")
                .containsPattern("reports +- +irsa-operator .* 444455556666 \\(analytics\\) +-\n");
    }

    @Test
    void namesAnAccountWhoseTagsItCannotRead() {
        world.role(world.home, "cart");
        world.role(world.other, "mail");

        assertThat(world.run(new GetCommand(), "-o", "json")).isZero();

        assertThat(world.err.toString())
                .contains("warning: the tags of some roles are not used: account 444455556666 cannot be read: ")
                .contains("pass --profile-for 444455556666=PROFILE");
        assertThat(world.out.toString()).contains("\"notRead\":[{\"accountID\":\"444455556666\",\"reason\":\"account");
    }

    /** The cluster of the same name there is another one. */
    @Test
    void showsNoAssociationsOfAnotherAccount() throws IOException {
        System.setProperty("aws.accessKeyId", "AKIDOTHER");
        world.role(world.other, "mail");

        assertThat(world.run(new GetCommand(), "--eks-cluster-name=prod", "-o", "json"))
                .isZero();

        assertThat(world.err.toString())
                .contains(
                        "warning: Pod Identity associations are not shown: account 111122223333 cannot be read: your AWS"
                                + " credentials are of account 444455556666")
                .doesNotContain("tags");
        assertThat(world.other.calls().of("GetRole")).isPositive();
    }

    /** The user may not read the settings of the operator, which name its account. */
    @Test
    void readsTagsWithTheNamedProfileWithoutTheSettings() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.server.intercept(request -> request.path().contains("configmaps")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());
        world.role(world.other, "mail");

        assertThat(world.run(new GetCommand(), "--profile-for=444455556666=analytics"))
                .isZero();

        assertThat(world.err.toString()).doesNotContain("tags");
        assertThat(world.aws.callers()).containsExactly("AKIDOTHER");
        assertThat(world.home.calls().of("GetRole")).isZero();
    }

    @Test
    void listsRetainedRolesOfEveryAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.create(RESOURCE);
        createRetainedRole();

        assertThat(world.run(new GetCommand(), "--retained")).isZero();
        assertThat(world.out.toString()).isEqualTo("""
                NAMESPACE   NAME      RESOURCE   ACCOUNT     ROLE
                shop        reports   exists     analytics   reports
                """);

        world.configure("");
        assertThat(world.run(new GetCommand(), "--retained", "-o", "json")).isEqualTo(1);
        assertThat(world.out.toString())
                .startsWith(
                        "{\"items\":[],\"notRead\":[{\"accountID\":\"444455556666\",\"reason\":\"account 444455556666");
        assertThat(world.err.toString())
                .startsWith("error: the list is not complete: account 444455556666 cannot be read: ");

        denyIamAccounts();
        assertThat(world.run(new GetCommand(), "--retained")).isEqualTo(1);
        assertThat(world.err.toString())
                .contains(
                        "you do not have the permission list iamaccounts",
                        "; ask for the permission to list iamaccounts")
                .endsWith("No retained roles found for namespace shop in the accounts that were read.\n");
    }

    private void createRetainedRole() {
        world.role(world.other, "reports");
        world.other.tagRole(request -> request.roleName("reports")
                .tags(Tag.builder()
                        .key("irsa.dev/adoptable-by")
                        .value("prod/shop/reports")
                        .build()));
    }

    @Test
    void listsRetainedRolesOnceUnderTheIamAccountThatManagesThem() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.create(TwoAccounts.ACCOUNT.replace("name: analytics", "name: z"));
        createRetainedRole();

        assertThat(world.run(new GetCommand(), "--retained")).isZero();

        assertThat(world.out.toString().lines().skip(1))
                .singleElement()
                .satisfies(row -> assertThat(row).matches("shop +reports +deleted +analytics +reports"));
    }

    @Test
    void plansAnIamAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        Path file = Files.writeString(
                folder.resolve("a.yaml"), TwoAccounts.ACCOUNT + "---\n" + ENTITLEMENT + "---\n" + RESOURCE);

        assertThat(world.run(new PlanCommand(), "-f", file.toString(), "--detailed-exitcode"))
                .isEqualTo(2);
        assertThat(world.out.toString())
                .contains("+ IamAccount analytics (444455556666): to create\n    roles below /irsa/analytics/")
                .contains("create role " + REPORTS);

        world.create(TwoAccounts.ACCOUNT);
        Files.writeString(file, TwoAccounts.ACCOUNT.replace("/irsa/analytics/", "/irsa/other/"));
        assertThat(world.run(new PlanCommand(), "-f", file.toString())).isEqualTo(1);
        assertThat(world.out.toString())
                .contains("IamAccount analytics (444455556666): refused\n", "InvalidSpec: spec.rolePath is immutable");

        Files.writeString(file, TwoAccounts.ACCOUNT.replace("analytics", "second"));
        assertThat(world.run(new PlanCommand(), "-f", file.toString(), "-o", "json"))
                .isEqualTo(1);
        assertThat(world.out.toString()).contains("AccountInvalid", "IamAccount analytics manages account");
    }

    @Test
    void plansThatAnAccountIsAbandoned() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        Path file = Files.writeString(
                folder.resolve("a.yaml"),
                TwoAccounts.ACCOUNT.replace("spec: {", "spec: {access: Abandon, ") + "---\n" + ENTITLEMENT + "---\n"
                        + RESOURCE);

        assertThat(world.run(new PlanCommand(), "-f", file.toString())).isEqualTo(1);
        assertThat(world.out.toString())
                .contains("AccountAbandoned: spec.access of IamAccount analytics is Abandon")
                .doesNotContain("create role");
    }

    @Test
    void plansWhatAMissingProviderMeansForAnIamAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.other.deleteOpenIDConnectProvider(request ->
                request.openIDConnectProviderArn("arn:aws:iam::444455556666:oidc-provider/" + TwoAccounts.ISSUER));
        world.create(ENTITLEMENT);
        Path file = Files.writeString(folder.resolve("a.yaml"), TwoAccounts.ACCOUNT + "---\n" + RESOURCE);

        assertThat(world.run(new PlanCommand(), "-f", file.toString())).isEqualTo(1);
        assertThat(world.out.toString())
                .contains("IamAccount analytics (444455556666): to create\n")
                .contains("OidcProviderMissing: IAM in account 444455556666 has no OIDC");

        Files.writeString(
                file, TwoAccounts.ACCOUNT.replace("rolePath", "oidcProvider: Create, rolePath") + "---\n" + RESOURCE);
        assertThat(world.run(new PlanCommand(), "-f", file.toString())).isZero();
        assertThat(world.out.toString())
                .contains("the operator adds OIDC provider arn:aws:iam::444455556666:oidc-provider/")
                .contains("create role " + REPORTS);
    }

    @Test
    void importsRolesOfSeveralAccountsAtOnce() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.role(world.home, "cart");
        world.role(world.other, "mail");
        world.annotate("alien", "arn:aws:iam::999999999999:role/alien");
        Path output = folder.resolve("imported");

        assertThat(world.run(new ImportCommand(), "--output-dir=" + output)).isZero();

        assertThat(world.out.toString())
                .containsPattern("shop +cart +cart +unknown +only ownership tags")
                .containsPattern("shop +mail +analytics:mail +unknown +only ownership tags")
                .containsPattern("shop +alien +alien +unknown +refused")
                .contains("refused: the role is in account 999999999999, and the cluster has no IamAccount for it\n"
                        + "    instead: ask a platform engineer to apply one");
        assertThat(Files.readString(output.resolve("namespaces/shop/iamserviceaccount-mail.yaml")))
                .contains("--offer arn:aws:iam::444455556666:role/mail", "  account: analytics\n");
        assertThat(Files.readString(output.resolve("namespaces/shop/iamserviceaccount-cart.yaml")))
                .doesNotContain("account:");
        assertThat(Files.readString(output.resolve("entitlements/iamentitlement-imported.shop.analytics.yaml")))
                .contains("  account: analytics\n", "    rolesPerNamespace: 1\n");
        assertThat(Files.readString(output.resolve("entitlements/iamentitlement-imported.shop.yaml")))
                .contains("    rolesPerNamespace: 1\n")
                .doesNotContain("account:");
        assertThat(Files.readString(output.resolve("HANDOVER.md"))).contains("credentials of the account in its ARN");
    }

    /** The trust policy admits the tokens of a provider in another account than that of the role, which AWS never does. */
    @Test
    void comparesTheTrustPolicyWithTheProviderOfTheAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.role(world.other, "mail");
        world.other.updateAssumeRolePolicy(
                request -> request.roleName("mail").policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/%1$s"}, "Condition": {"StringEquals":
                    {"%1$s:sub": "system:serviceaccount:shop:mail", "%1$s:aud": "sts.amazonaws.com"}}}]}""".formatted(TwoAccounts.ISSUER)));

        assertThat(world.run(new ImportCommand())).isZero();

        assertThat(world.out.toString())
                .contains("refused: the trust policy does not admit the ServiceAccount through"
                        + " arn:aws:iam::444455556666:oidc-provider/");
    }

    @Test
    void namesRolesOfAnAccountThatItCannotRead() {
        world.create(TwoAccounts.ACCOUNT);
        world.role(world.home, "cart");
        world.role(world.other, "mail");

        assertThat(world.run(new ImportCommand(), "-o", "json")).isEqualTo(1);

        assertThat(world.err.toString()).startsWith("error: account 444455556666 cannot be read: ");
        assertThat(world.out.toString())
                .contains("\"serviceAccount\":\"cart\",\"roleArn\":\"arn:aws:iam::111122223333:role/cart\"")
                .contains(
                        "\"reason\":\"account 444455556666 cannot be read: your AWS credentials are of account"
                                + " 111122223333, and no AWS profile of the account was found; pass --profile-for 444455556666=PROFILE\"")
                .contains("\"notRead\":[{\"accountID\":\"444455556666\"");
    }

    @Test
    void offersARoleInTheAccountInWhichItIs() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.role(world.home, "cart");
        world.role(world.other, "mail");
        world.home.createRole(request -> request.roleName("mail").assumeRolePolicyDocument("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},\
                "Action":"sts:AssumeRole"}}"""));

        assertThat(world.run(new ImportCommand(), "--offer=mail", "--yes")).isEqualTo(1);
        assertThat(world.err.toString())
                .contains("role mail cannot be offered: it is in another account; pass its ARN,"
                        + " arn:aws:iam::444455556666:role/mail");
        assertThat(world.other.calls().of("TagRole")).isZero();

        assertThat(world.run(new ImportCommand(), "--offer=arn:aws:iam::444455556666:role/mail", "--yes"))
                .isZero();

        assertThat(world.other.role("mail").orElseThrow().tags())
                .containsEntry("irsa.dev/adoptable-by", "prod/shop/mail");
        assertThat(world.home.calls().of("TagRole")).isZero();
    }

    /** An import writes the resource again as long as the operator has not adopted the role. */
    @Test
    void importsAgainWhatAwaitsItsAdoption() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.role(world.other, "mail");
        world.create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: shop, name: mail}
                spec: {account: analytics, suspend: true, deletionPolicy: Retain,
                  role: {name: mail, path: /, adoption: IfOffered}}
                """);

        assertThat(world.run(new ImportCommand(), "-o", "json")).isZero();

        assertThat(world.out.toString())
                .contains("\"serviceAccount\":\"mail\"", "\"account\":\"analytics\"", "\"effect\":\"ownership_only\"");
    }

    @Test
    void reportsTheServiceAccountIfTheAccountOfItsResourceIsNotKnown() {
        world.create(TwoAccounts.ACCOUNT);
        world.role(world.other, "mail");
        world.create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: shop, name: mail}
                spec: {account: analytics, suspend: true, deletionPolicy: Retain,
                  role: {name: mail, path: /, adoption: IfOffered}}
                """);
        denyIamAccounts();

        assertThat(world.run(new ImportCommand(), "-o", "json")).isEqualTo(1);

        assertThat(world.out.toString())
                .contains("\"serviceAccount\":\"mail\"", "whether it has an IamAccount is not known")
                .contains("ask for the permission to list iamaccounts, and import again")
                .doesNotContain("when you can read account");
    }

    @Test
    void importsNothingFromAnAccountThatIsAbandoned() {
        world.create(TwoAccounts.ACCOUNT.replace("spec: {", "spec: {access: Abandon, "));
        world.role(world.other, "mail");

        assertThat(world.run(new ImportCommand())).isZero();

        assertThat(world.out.toString())
                .contains("spec.access of IamAccount analytics is Abandon", "instead: import again after that");
    }

    @Test
    void keepsTheOrderOfThePlannedResources() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        Path file = Files.writeString(
                folder.resolve("a.yaml"),
                String.join(
                        "---\n",
                        List.of(
                                RESOURCE.replace("reports", "a"),
                                RESOURCE.replace("reports", "b").replace("account: analytics", ""),
                                RESOURCE.replace("reports", "c").replace("analytics", "missing"),
                                RESOURCE.replace("reports", "d"))));

        assertThat(world.run(new PlanCommand(), "-f", file.toString(), "-o", "json"))
                .isEqualTo(1);

        assertThat(world.out.toString())
                .containsPattern("\"name\":\"a\".*\"name\":\"b\".*\"name\":\"c\".*\"name\":\"d\"")
                .contains("AccountNotFound", "the cluster has no IamAccount missing");
    }
}
