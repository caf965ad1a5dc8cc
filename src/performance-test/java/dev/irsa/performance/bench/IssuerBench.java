package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ApiServer;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.HttpsProxy;
import dev.irsa.integration.machine.Ministack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Measures the publisher of the issuer: its start, its memory, and a rotation. Writes docs/issuer.md. */
final class IssuerBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "issuer.md"));
    private static final String HOST = "tokens.s3.us-east-1.amazonaws.com";
    private static final String ISSUER = "https://" + HOST;
    private static final Duration RETENTION = Duration.ofSeconds(60);

    private final BenchOptions options;
    private final ControlPlane controlPlane;
    private final S3Client bucket;
    private final OperatorLaunch launch;

    private IssuerBench(BenchOptions options, ControlPlane controlPlane, S3Client bucket, OperatorLaunch launch) {
        this.options = options;
        this.controlPlane = controlPlane;
        this.bucket = bucket;
        this.launch = launch;
    }

    /** {@link BenchOptions} lists the arguments, of which it uses {@code --rounds} and {@code --rest-seconds}. */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        var options = BenchOptions.of(args);
        var folder = Files.createTempDirectory("issuer-bench");
        try (var aws = Ministack.start();
                var controlPlane =
                        ControlPlane.start(ControlPlaneSettings.likeEks().withIssuer(ISSUER));
                var https = HttpsProxy.toOnly(HOST, aws.endpoint(), folder);
                var bucket = S3Client.builder()
                        .endpointOverride(aws.endpoint())
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                        .build()) {
            bucket.createBucket(request -> request.bucket("tokens"));
            var launch = OperatorLaunch.of("unused", controlPlane.kubeconfig(), aws.endpoint())
                    .withEnvironment("AWS_REGION", "us-east-1")
                    .withEnvironment("JAVA_TOOL_OPTIONS", https.jvmOptions());
            var bench = new IssuerBench(options, controlPlane, bucket, launch);
            var rows = new ArrayList<List<String>>();
            bench.measureStart(rows);
            bench.measureRotation(folder, rows);
            var table = new Table(List.of("publisher", "median"), rows).markdown();
            System.out.println(table);
            REPORT.replace(
                    "issuer-machine",
                    "Measured on %s: %s.\n".formatted(LocalDate.now(ZoneOffset.UTC), HostDescription.machine()));
            REPORT.replace("issuer", table);
        }
    }

    private OperatorProcess publish(String... more) {
        var arguments = new ArrayList<>(List.of("s3://tokens", "--retention=" + RETENTION.toSeconds() + "s"));
        arguments.addAll(List.of(more));
        return launch.startPublishIssuer(arguments.toArray(String[]::new));
    }

    private void measureStart(List<List<String>> rows) {
        var starts = new ArrayList<Double>();
        var residents = new ArrayList<Double>();
        for (var round = 0; round < options.rounds(); round++) {
            var began = System.nanoTime();
            try (var publisher = publish()) {
                publisher.awaitReady();
                starts.add(since(began));
                Awaitility.await("some time passes")
                        .pollDelay(options.rest())
                        .atMost(options.rest().plusMinutes(1))
                        .until(() -> true);
                residents.add(publisher.residentKiB() / 1024.0);
            }
        }
        rows.add(row("start until the public URLs show the keys, s", Median.of(starts)));
        rows.add(row("resident after " + options.rest().toSeconds() + " s, MiB", Median.of(residents)));
    }

    /** The new key first is on one more API server, and then the old one is on none. */
    private void measureRotation(Path folder, List<List<String>> rows) throws IOException {
        try (ApiServer second = controlPlane.startAnother(Files.createDirectories(folder.resolve("second")), ISSUER)) {
            second.stop();
            var union = publish("--api-server=" + controlPlane.server(), "--api-server=" + second.address());
            Awaitility.await("the publisher works").until(() -> union.log().contains("publishing the keys"));
            second.start();
            var began = System.nanoTime();
            await("the new key is published", () -> count() == 2);
            rows.add(row("new key on one API server until it is published, s", since(began)));
            union.close();
            try (var alone = launch.withKubeconfig(second.kubeconfig())
                    .startPublishIssuer("s3://tokens", "--retention=" + RETENTION.toSeconds() + "s")) {
                alone.awaitReady();
                began = System.nanoTime();
                await("the old key is removed", () -> count() == 1);
                rows.add(row(
                        "old key on no API server until it is removed, with --retention=" + RETENTION.toSeconds()
                                + "s, s",
                        since(began)));
            }
        }
    }

    private int count() {
        return keys().split("\"kid\"", -1).length - 1;
    }

    private String keys() {
        return bucket.getObjectAsBytes(request -> request.bucket("tokens").key("openid/v1/jwks"))
                .asUtf8String();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(RETENTION.multipliedBy(3))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    private static double since(long began) {
        return (double) (System.nanoTime() - began) / TimeUnit.SECONDS.toNanos(1);
    }

    private static List<String> row(String what, double figure) {
        return List.of(what, String.format(Locale.ROOT, "%.1f", figure));
    }
}
