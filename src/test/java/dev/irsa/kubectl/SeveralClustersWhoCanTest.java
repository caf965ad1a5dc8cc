package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.ApiFault;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code who-can} in several clusters. */
class SeveralClustersWhoCanTest extends SeveralClustersTestBase {
    private static final String[] WHO = {"s3:DeleteObject", "arn:aws:s3:::invoices/*"};

    private int whoCan(String... flags) {
        return world.run(
                new WhoCanCommand(),
                Stream.concat(Stream.of(WHO), Stream.of(flags)).toArray(String[]::new));
    }

    @Test
    void findsWhoCanInEveryClusterAndReadsAnAccountOnce() {
        world.dev.roleOfCart("cart-of-dev", "s3:*");
        world.prod.roleOfCart("cart-of-prod", "s3:GetObject");
        world.test.roleOfCart("cart-of-test", "s3:*");

        assertThat(whoCan("--contexts=test,dev,prod")).isZero();

        assertThat(world.out.toString()).isEqualTo("""
                CLUSTER   NAMESPACE   NAME   ALLOWED   LINKED BY    ROLE                        THROUGH
                test      shop        cart   yes       annotation   444455556666:cart-of-test   own
                dev       shop        cart   yes       annotation   111122223333:cart-of-dev    own
                """);
        assertThat(world.err.toString())
                .startsWith("Only namespace shop was searched; use -A for all namespaces.\nNot seen: ")
                .hasLineCount(2);
        assertThat(world.home.calls().of("GetAccountAuthorizationDetails")).isEqualTo(1);
        assertThat(world.other.calls().of("GetAccountAuthorizationDetails")).isEqualTo(1);
    }

    /** A pod of cluster prod cannot use a role that trusts only cluster dev, although both clusters have the ServiceAccount. */
    @Test
    void takesNoClusterForAnother() {
        world.dev.roleOfCart("cart-of-dev", "s3:*");
        world.prod.annotate("cart-of-dev", "cart");

        assertThat(whoCan("--contexts=prod,dev", "-o", "json")).isZero();

        assertThat(world.out.toString())
                .containsOnlyOnce("\"roleArn\":")
                .startsWith("{\"items\":[{\"cluster\":\"dev\",\"namespace\":\"shop\",\"name\":\"cart\"");
    }

    @Test
    void isCertainThatNoneCanOnlyIfEveryClusterWasRead() {
        world.dev.roleOfCart("cart-of-dev", "s3:GetObject");

        assertThat(whoCan("--contexts=dev,prod")).isEqualTo(1);
        assertThat(world.err.toString())
                .startsWith("No ServiceAccount in namespace shop has a role whose policies allow it; use -A for all"
                        + " namespaces.\n");

        assertThat(whoCan("--contexts=dev,gone")).isEqualTo(2);
        assertThat(world.err.toString()).contains("error: gone: ").doesNotContain("No ServiceAccount");
        assertThat(whoCan("--contexts=dev,gone", "-o", "json")).isEqualTo(2);
        assertThat(world.out.toString())
                .contains("\"notRead\":[{\"cluster\":\"gone\",\"accountID\":\"\",\"reason\":\"");
    }

    /** The user's credentials are of the account of clusters dev and prod only. */
    @Test
    void showsNothingOfAnAccountThatIsNotThatOfTheCluster() throws IOException {
        world.configure("");
        world.dev.roleOfCart("cart-of-dev", "s3:*");
        world.test.roleOfCart("cart-of-test", "s3:*");

        assertThat(whoCan("--contexts=dev,test")).isEqualTo(2);

        assertThat(world.out.toString()).containsPattern("dev +shop +cart").doesNotContain("cart-of-test");
        assertThat(world.err.toString())
                .startsWith("error: test: account 444455556666 cannot be read: your AWS credentials are of account"
                        + " 111122223333, and no AWS profile of the account was found; pass --profile-for"
                        + " 444455556666=PROFILE\n");
        assertThat(world.home.calls().of("GetAccountAuthorizationDetails")).isEqualTo(1);
    }

    @Test
    void saysOfWhichClusterSomethingIsMissing() {
        world.dev.roleOfCart("cart-of-dev", "s3:*");
        world.prod.server.intercept(request -> request.path().contains("iamaccounts")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());

        assertThat(whoCan("--contexts=dev,prod")).isEqualTo(2);

        assertThat(world.out.toString()).containsPattern("dev +shop +cart");
        assertThat(world.err.toString())
                .contains("error: the answer is not complete: prod: other accounts are not known: ")
                .doesNotContain("dev: ");
    }

    /** A name of eksctl does not say in which account the cluster is, and another account may have a cluster of the same name. */
    @Test
    void looksForNoAssociationsOfAClusterWhoseAccountIsNotKnown() throws IOException {
        world.replace("dev, cluster: {server", "dev.eu-west-1.eksctl.io, cluster: {server");
        world.replace("cluster: dev,", "cluster: dev.eu-west-1.eksctl.io,");
        world.dev.removeOperator();
        world.dev.roleOfCart("cart-of-dev", "s3:*");

        assertThat(whoCan("--context=dev")).isEqualTo(2);
        assertThat(world.err.toString()).contains("Pod Identity associations are not shown: ");

        assertThat(whoCan("--contexts=dev,prod")).isEqualTo(2);
        assertThat(world.err.toString()).doesNotContain("Pod Identity");
        assertThat(world.out.toString()).containsPattern("dev +shop +cart +yes");
    }

    /** The user's credentials are of the account of clusters dev and prod. */
    @Test
    void takesTheAccountOfTheUserNotForThatOfEveryCluster() {
        world.test.removeOperator();
        world.test.roleOfCart("cart-of-test", "s3:*");

        assertThat(whoCan("--contexts=test,prod")).isEqualTo(2);

        assertThat(world.err.toString())
                .contains(
                        "error: the answer is not complete: test: the AWS account of the cluster is not known, so only"
                                + " account 111122223333 was read, that of your credentials; run the command for it alone, with"
                                + " --context, or install the operator\n")
                .doesNotContain("No ServiceAccount");
    }
}
