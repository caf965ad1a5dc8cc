package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code get} reads of AWS for several clusters. */
class SeveralClustersAwsTest extends SeveralClustersTestBase {
    private static final String ARN = "arn:aws:eks:eu-west-1:111122223333:cluster/dev";
    private static final String ASSOCIATION =
            "{\"clusterName\": \"dev\", \"namespace\": \"shop\", \"serviceAccount\": \"mail\", \"associationId\": \"a-1\","
                    + " \"associationArn\": \"arn:aws:eks:eu-west-1:111122223333:podidentityassociation/dev/a-1\","
                    + " \"roleArn\": \"arn:aws:iam::111122223333:role/mail-of-dev\"}";

    @Test
    void readsTheAssociationsOfAClusterThatTheContextNames() throws IOException {
        world.dev.removeOperator();
        world.dev.create("apiVersion: v1\nkind: ServiceAccount\nmetadata: {namespace: shop, name: mail}\n");
        world.replace("dev, cluster: {server", ARN + ", cluster: {server");
        world.replace("cluster: dev,", "cluster: \"" + ARN + "\",");
        HttpServer eks = eks();
        try {
            assertThat(world.run(new GetCommand(), "--contexts=dev")).isZero();
        } finally {
            eks.stop(0);
        }

        assertThat(world.out.toString()).containsPattern("dev +shop +mail +Pod Identity .* mail-of-dev\n");
        assertThat(world.err.toString()).doesNotContain("Pod Identity");
    }

    private static HttpServer eks() throws IOException {
        HttpServer eks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        eks.createContext("/clusters/dev/pod-identity-associations", exchange -> {
            try (exchange) {
                String body = exchange.getRequestURI().getPath().endsWith("/a-1")
                        ? "{\"association\": " + ASSOCIATION + "}"
                        : "{\"associations\": [" + ASSOCIATION + "]}";
                exchange.sendResponseHeaders(200, body.length());
                exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
            }
        });
        eks.start();
        System.setProperty(
                "aws.endpointUrlEks", "http://127.0.0.1:" + eks.getAddress().getPort());
        return eks;
    }

    @Test
    void takesNoListForCompleteWithoutTheAssociations() {
        world.dev.removeOperator();
        world.dev.role("cart-of-dev", "cart");

        assertThat(world.run(new GetCommand(), "--contexts=dev,prod", "--unused=0d"))
                .isEqualTo(1);

        assertThat(world.out.toString()).containsPattern("dev +shop +cart ");
        assertThat(world.err.toString())
                .contains("warning: dev: Pod Identity associations are not shown: the operator is not installed; see"
                        + " --operator-namespace and --operator-name; or pass --eks-cluster-name, with --context for this"
                        + " cluster alone\n")
                .contains("error: dev: the list is not complete: Pod Identity associations could not be read\n");
        assertThat(world.run(new GetCommand(), "--context=dev", "--unused=0d")).isZero();
        assertThat(world.err.toString()).doesNotContain("Pod Identity");
    }

    /** A program may ask the user for a code. */
    @Test
    void startsTheProgramOfTheUsersCredentialsOnce() throws IOException {
        Path starts = folder.resolve("starts");
        Path program = Files.writeString(folder.resolve("program"), """
                #!/bin/sh
                echo start >>%s
                sleep 0.5
                echo '{"Version": 1, "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "secret"}'
                """.formatted(starts));
        world.configure("[default]\ncredential_process = sh " + program + "\n");
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        world.dev.role("cart-of-dev", "cart");
        world.prod.role("cart-of-prod", "cart");

        assertThat(world.run(new GetCommand(), "--contexts=dev,prod", "-o", "wide"))
                .isZero();

        assertThat(world.out.toString()).contains(" never ").doesNotContain("?");
        assertThat(starts).hasContent("start");
    }

    @Test
    void readsManyRolesWithACall() {
        for (int index = 0; index < 250; index++) {
            world.home.console().create("other-" + index, "/", "{}");
        }

        assertThat(world.run(new GetCommand(), "--contexts=dev", "--retained")).isZero();

        assertThat(world.home.calls().of("GetAccountAuthorizationDetails")).isEqualTo(1);
    }
}
