package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.ApiFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.iam.model.Tag;

/** {@code get} in several clusters. */
class SeveralClustersGetTest extends SeveralClustersTestBase {
    @Test
    void listsTheClustersInTheOrderOfTheContexts() {
        world.prod.annotate("cart", "cart");
        world.dev.annotate("cart-of-dev", "cart");

        assertThat(world.run(new GetCommand(), "--contexts", "prod,dev", "--no-aws"))
                .isZero();

        assertThat(world.out.toString()).isEqualTo("""
                CLUSTER   NAMESPACE   NAME   DELIVERED BY   MANAGED BY   READY   OLD PODS   ROLE
                prod      shop        cart   IRSA           unknown      -       0          cart
                dev       shop        cart   IRSA           unknown      -       0          cart-of-dev
                """);
        assertThat(world.err.toString()).isEmpty();
    }

    /** A script need not know how many clusters there are. */
    @Test
    void namesTheClusterAlsoIfThereIsOne() {
        world.prod.annotate("cart", "cart");

        assertThat(world.run(new GetCommand(), "--contexts=prod", "--no-aws", "-o", "json"))
                .isZero();

        assertThat(world.out.toString()).startsWith("{\"items\":[{\"cluster\":\"prod\",\"namespace\":\"shop\"");
    }

    @Test
    void readsEachClusterOnceAndPrefersTheCurrentContext() {
        world.prod.annotate("cart", "cart");
        world.test.annotate("mail", "mail");

        assertThat(world.run(new GetCommand(), "--all-contexts", "--no-aws")).isEqualTo(1);

        assertThat(world.out.toString().lines().skip(1).map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("prod", "test");
        assertThat(world.prod.server.requests().of("list", "serviceaccounts")).isEqualTo(1);
        assertThat(world.err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("Contexts prod, admin-of-prod are of one cluster, so only prod is read."),
                        line -> assertThat(line).startsWith("error: gone: "));
    }

    @Test
    void showsTheOthersIfOneRefusesAndOneDoesNotAnswer() {
        world.dev.annotate("cart", "cart");
        world.prod.server.intercept(request -> request.path().endsWith("/serviceaccounts")
                ? ApiFault.refused(403, "Forbidden", "refused")
                : ApiFault.none());

        assertThat(world.run(new GetCommand(), "--contexts=prod,gone,dev", "--no-aws", "-o", "json"))
                .isEqualTo(1);

        assertThat(world.out.toString())
                .startsWith("{\"items\":[{\"cluster\":\"dev\"")
                .contains(
                        "\"notRead\":[{\"cluster\":\"prod\",\"accountID\":\"\",\"reason\":\"you do not have the permission")
                .contains(",{\"cluster\":\"gone\",\"accountID\":\"\",\"reason\":\"");
        assertThat(world.err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error: prod: you do not have the permission list"),
                        line -> assertThat(line).startsWith("error: gone: "));
    }

    @Test
    void waitsForNoClusterBeforeItReadsTheNext() {
        Duration slow = Duration.ofMillis(1_500);
        world.dev.annotate("cart", "cart");
        world.prod.annotate("cart", "cart");
        for (SeveralClusters.One cluster : new SeveralClusters.One[] {world.dev, world.prod, world.test}) {
            cluster.server.intercept(
                    request -> request.path().endsWith("/serviceaccounts") ? new ApiFault.Late(slow) : ApiFault.none());
        }
        Instant start = Instant.now();

        assertThat(world.run(new GetCommand(), "--contexts=dev,prod,test", "--no-aws"))
                .isZero();

        assertThat(Duration.between(start, Instant.now())).isLessThan(slow.multipliedBy(2));
        assertThat(world.out.toString()).containsPattern("dev +shop +cart").containsPattern("prod +shop +cart");
    }

    @Test
    void findsOneServiceAccountInAnyCluster() {
        world.dev.annotate("cart", "cart");

        assertThat(world.run(new GetCommand(), "cart", "--contexts=dev,prod", "--no-aws"))
                .isZero();
        assertThat(world.run(new GetCommand(), "mail", "--contexts=dev,prod", "--no-aws"))
                .isEqualTo(1);
        assertThat(world.err.toString())
                .isEqualTo("ServiceAccount mail in namespace shop does not exist, or has no AWS credentials.\n");
    }

    @Test
    void printsAMistakeOfTheUserOnce() {
        assertThat(world.run(new GetCommand(), "--unused=90d", "--no-aws", "--contexts=dev,prod"))
                .isEqualTo(2);
        assertThat(world.err.toString())
                .isEqualTo("error: when roles were last used is known only from IAM; remove --no-aws\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --contexts=dev,stage               | --contexts: the kubeconfig has no context "stage"; use some of: admin-of-prod, dev, gone, prod, test
            --contexts=dev --context=prod      | --context cannot be combined with --contexts; use one of them
            --all-contexts --contexts=dev      | --contexts cannot be combined with --all-contexts; use one of them
            --all-contexts --region=eu-west-1  | --region cannot be combined with --all-contexts, because it is about one cluster; run the command for that cluster alone, with --context
            --contexts=dev --eks-cluster-name=x | --eks-cluster-name cannot be combined with --contexts, because it is about one cluster; run the command for that cluster alone, with --context
            --contexts=dev --operator-settings=x | --operator-settings cannot be combined with --contexts, because it is about one cluster; run the command for that cluster alone, with --context
            """)
    void refusesFlags(String flags, String problem) {
        assertThat(world.run(new GetCommand(), flags.split(" "))).isEqualTo(2);
        assertThat(world.err.toString()).isEqualTo("error: " + problem + "\n");
        assertThat(world.out.toString()).isEmpty();
    }

    /** The clusters dev and prod are in one account. */
    @Test
    void readsTheLastUsesOfAnAccountOnce() {
        world.dev.role("cart-of-dev", "cart");
        world.prod.role("cart-of-prod", "cart");
        world.test.role("cart-of-test", "cart");

        assertThat(world.run(new GetCommand(), "--contexts=dev,prod,test", "-o", "wide"))
                .isZero();

        assertThat(world.out.toString())
                .containsPattern("CLUSTER .* LAST USED +ACCOUNT +ROLE\n")
                .containsPattern("dev .* never +111122223333 +cart-of-dev\n")
                .containsPattern("prod .* never +111122223333 +cart-of-prod\n")
                .containsPattern("test .* never +444455556666 +cart-of-test\n");
        assertThat(world.home.calls().of("GetAccountAuthorizationDetails")).isEqualTo(1);
        assertThat(world.other.calls().of("GetAccountAuthorizationDetails")).isEqualTo(1);
    }

    @Test
    void saysOfWhichClusterAnAccountCouldNotBeRead() throws IOException {
        world.configure("");
        world.dev.role("cart-of-dev", "cart");
        world.test.role("cart-of-test", "cart");

        assertThat(world.run(new GetCommand(), "--contexts=dev,test", "--unused=0d", "-o", "json"))
                .isEqualTo(1);

        assertThat(world.out.toString())
                .contains("\"roleArn\":\"arn:aws:iam::111122223333:role/cart-of-dev\"")
                .contains("\"notRead\":[{\"cluster\":\"test\",\"accountID\":\"444455556666\",\"reason\":\"account ")
                .doesNotContain("cart-of-test");
        assertThat(world.err.toString())
                .contains("error: test: the list is not complete: account 444455556666 cannot be read: your AWS")
                .doesNotContain("dev: ");
    }

    @Test
    void listsRetainedRolesOfEachCluster() {
        for (SeveralClusters.One cluster : new SeveralClusters.One[] {world.dev, world.prod}) {
            String role = "mail-of-" + cluster.name;
            cluster.role(role, "mail");
            cluster.iam.tagRole(request -> request.roleName(role)
                    .tags(Tag.builder()
                            .key("irsa.dev/adoptable-by")
                            .value(cluster.name + "/shop/mail")
                            .build()));
        }

        assertThat(world.run(new GetCommand(), "--contexts=prod,dev,gone", "--retained"))
                .isEqualTo(1);

        assertThat(world.out.toString()).isEqualTo("""
                CLUSTER   NAMESPACE   NAME   RESOURCE   ROLE
                prod      shop        mail   deleted    mail-of-prod
                dev       shop        mail   deleted    mail-of-dev
                """);
        assertThat(world.err.toString()).startsWith("error: gone: ").hasLineCount(1);
    }
}
