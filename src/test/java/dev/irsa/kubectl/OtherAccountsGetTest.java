package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.ApiFault;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;

/** {@code get} with roles in several AWS accounts. */
class OtherAccountsGetTest extends OtherAccountsTestBase {
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
}
