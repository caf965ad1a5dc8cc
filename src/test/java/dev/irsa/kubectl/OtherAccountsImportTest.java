package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code import} of roles in several AWS accounts. */
class OtherAccountsImportTest extends OtherAccountsTestBase {
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
    void offersNoRoleToAnotherCluster() throws IOException {
        world.role(world.home, "cart");

        assertThat(world.run(
                        new ImportCommand(), world.settings(), "--offer=arn:aws:iam::111122223333:role/cart", "--yes"))
                .isEqualTo(2);

        assertThat(world.err.toString()).contains("--operator-settings is of another cluster");
        assertThat(world.home
                        .getRole(request -> request.roleName("cart"))
                        .role()
                        .tags())
                .isEmpty();
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
}
