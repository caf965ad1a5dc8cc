package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.fixtures.apiserver.ApiFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code report} of several clusters. */
class SeveralClustersReportTest extends SeveralClustersTestBase {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path report(String name, String... flags) {
        Path file = folder.resolve(name);
        assertThat(world.run(
                        new ReportCommand(),
                        Stream.concat(Stream.of(flags), Stream.of("--output=" + file))
                                .toArray(String[]::new)))
                .isZero();
        return file;
    }

    @Test
    void reportsOnEachCluster() throws IOException {
        world.dev.roleOfCart("cart-of-dev", "s3:*");
        world.test.roleOfCart("cart-of-test", "s3:*");

        JsonNode report =
                JSON.readTree(report("access.json", "--contexts=dev,test").toFile());

        assertThat(world.err.toString())
                .isEqualTo("Wrote " + folder.resolve("access.json") + " with 2 roles of 2 clusters\n");
        assertThat(report.get("clusters").toString())
                .isEqualTo(
                        "[{\"name\":\"dev\",\"cluster\":\"dev\",\"issuer\":\"dev.example.com\",\"namespace\":\"shop\"},"
                                + "{\"name\":\"test\",\"cluster\":\"test\",\"issuer\":\"test.example.com\",\"namespace\":\"shop\"}]");
        assertThat(report.has("issuer")).isFalse();
        assertThat(report.get("roles").findValuesAsText("cluster")).containsExactly("dev", "test");

        Path csv = report("access.csv", "--contexts=dev,test");
        assertThat(Files.readAllLines(csv))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("cluster,namespace,name,linkedBy,"),
                        line -> assertThat(line).startsWith("dev,shop,cart,annotation,"),
                        line -> assertThat(line).startsWith("test,shop,cart,annotation,"));
        report("access.csv", "--context=dev");
        assertThat(report("access.csv", "--contexts=dev,test")).content().startsWith("cluster,");
    }

    @Test
    void failsIfAClusterHasAFlagOrCouldNotBeRead() {
        world.dev.roleOfCart("cart-of-dev", "*");
        world.prod.roleOfCart("cart-of-prod", "s3:GetObject");
        String[] flags = {"--output=csv", "--fail-on=any-action", "--contexts=prod,dev"};

        assertThat(world.run(new ReportCommand(), flags)).isEqualTo(1);
        assertThat(world.err.toString())
                .isEqualTo("error: 1 role has the flag any-action, such as dev:"
                        + " arn:aws:iam::111122223333:role/cart-of-dev\n");

        flags[2] = "--contexts=prod,dev,gone";
        assertThat(world.run(new ReportCommand(), flags)).isEqualTo(2);
        assertThat(world.out.toString()).contains("\ndev,shop,cart").contains("\nprod,shop,cart");
        assertThat(world.err.toString()).contains("error: gone: ").contains("error: 1 role has the flag any-action");

        flags[2] = "--contexts=gone";
        assertThat(world.run(new ReportCommand(), flags)).isEqualTo(2);
        assertThat(world.out.toString()).isEmpty();
    }

    /** Clusters dev and prod have a ServiceAccount of the same name, and both can use the role. */
    @Test
    void comparesEachClusterWithItself() {
        world.dev.roleOfCart("cart", "s3:GetObject");
        world.prod.annotate("cart", "cart");
        Path earlier = report("earlier.json", "--contexts=dev,prod");

        world.home.updateAssumeRolePolicy(request ->
                request.roleName("cart").policyDocument(trust("dev.example.com", "cart", "prod.example.com", "cart")));
        report("now.json", "--contexts=dev,prod", "--compare=" + earlier);

        assertThat(world.out.toString().lines().skip(2))
                .containsExactly(
                        "dev: arn:aws:iam::111122223333:role/cart",
                        "  ~ trust policy",
                        "  + flag wide-trust",
                        "",
                        "prod: arn:aws:iam::111122223333:role/cart",
                        "  + ServiceAccount shop/cart, linked by annotation",
                        "  + flag no-boundary",
                        "  + flag wide-trust");
    }

    private static String trust(String... issuersAndNames) {
        StringBuilder statements = new StringBuilder();
        for (int index = 0; index < issuersAndNames.length; index += 2) {
            statements.append(index == 0 ? "" : ",").append("""
                {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/%1$s"}, "Condition": {"StringEquals":
                    {"%1$s:sub": "system:serviceaccount:shop:%2$s", "%1$s:aud": "sts.amazonaws.com"}}}""".formatted(
                            issuersAndNames[index], issuersAndNames[index + 1]));
        }
        return "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}";
    }

    @Test
    void takesNoUnreadClusterForAnEmptyOneAndComparesOnlyTheSameClusters() {
        world.dev.roleOfCart("cart-of-dev", "s3:GetObject");
        world.prod.roleOfCart("cart-of-prod", "s3:GetObject");
        Path earlier = report("earlier.json", "--contexts=dev,prod");
        Path now = folder.resolve("now.json");
        world.prod.server.intercept(_ -> ApiFault.refused(403, "Forbidden", "refused"));

        assertThat(world.run(new ReportCommand(), "--contexts=dev,prod", "--output=" + now, "--compare=" + earlier))
                .isEqualTo(2);
        assertThat(world.out.toString()).startsWith("Nothing has changed since ");

        assertThat(world.run(new ReportCommand(), "--contexts=dev", "--output=" + now, "--compare=" + earlier))
                .isEqualTo(2);
        assertThat(world.err.toString())
                .contains(
                        " cannot be compared: it is of clusters dev, prod, and this one of cluster dev; name a report of the"
                                + " same clusters");
        assertThat(world.run(new ReportCommand(), "--context=dev", "--output=" + now, "--compare=" + earlier))
                .isEqualTo(2);
        assertThat(world.err.toString()).contains("it is of clusters dev, prod, and this one of one cluster");
    }

    /** Reports of earlier versions of the command have no clusters. */
    @Test
    void comparesWithAnOldReportOfOneCluster() throws IOException {
        world.dev.roleOfCart("cart-of-dev", "s3:GetObject");
        Path earlier = report("earlier.json", "--context=dev");
        ObjectNode old = (ObjectNode) JSON.readTree(earlier.toFile());
        assertThat(List.of("clusters", "cluster"))
                .allSatisfy(
                        name -> assertThat(old.get("roles").get(0).has(name)).isFalse());
        assertThat(old.has("clusters")).isFalse();

        report("now.json", "--context=dev", "--compare=" + earlier);

        assertThat(world.out.toString()).startsWith("Nothing has changed since ");
    }
}
