package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code plan} with roles in several AWS accounts. */
class OtherAccountsPlanTest extends OtherAccountsTestBase {
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
