package dev.irsa.integration.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.fixtures.conformance.Conformance;
import dev.irsa.fixtures.conformance.ConformanceReport;
import dev.irsa.fixtures.conformance.Target;
import dev.irsa.fixtures.iam.FullIamContract;
import dev.irsa.fixtures.iam.IamImplementation;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.Moto;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

/** The comparison with AWS finds what is known of the emulators, touches nothing else and leaves nothing. */
class ConformanceIT {
    private static final String ACCOUNT = "123456789012";
    private static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

    @Test
    void findsWhatIsKnownOfMoto() throws IOException {
        try (Moto moto = Moto.start()) {
            assertConforms(Target.emulator(IamImplementation.MOTO, moto.endpoint()), moto.endpoint());
        }
    }

    @Test
    void findsWhatIsKnownOfMinistack() throws IOException {
        try (Ministack ministack = Ministack.start()) {
            assertConforms(Target.emulator(IamImplementation.MINISTACK, ministack.endpoint()), ministack.endpoint());
        }
    }

    @Test
    void deletesEverythingWhenItIsInterrupted() throws Exception {
        try (Moto moto = Moto.start();
                IamClient iam = FullIamContract.at(moto.endpoint())) {
            Process run = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.irsa.fixtures.conformance.AwsConformance",
                            "--account=" + ACCOUNT,
                            "--moto=" + moto.endpoint())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Path.of("target", "machine", "conformance.log").toFile())
                    .start();
            try {
                Awaitility.await("it creates roles")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> !iam.listRoles().roles().isEmpty());
                run.destroy();
                assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
            } finally {
                run.destroyForcibly();
            }
            assertThat(iam.listRoles().roles()).isEmpty();
            assertThat(iam.listOpenIDConnectProviders().openIDConnectProviderList())
                    .isEmpty();
        }
    }

    @Test
    void refusesAnotherAccount() {
        try (Ministack ministack = Ministack.start()) {
            Target target = Target.emulator(IamImplementation.MINISTACK, ministack.endpoint());
            assertThatThrownBy(() -> Conformance.in("999999999999", target, "it", call -> {}))
                    .hasMessageContaining("belong to account " + ACCOUNT + ", not to 999999999999");
        }
    }

    @Test
    void doesNotStartWithoutTheAccount() throws Exception {
        Process make = new ProcessBuilder("make", "aws-conformance")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("ACCOUNT is required");
        assertThat(make.waitFor()).isEqualTo(2);
    }

    private static void assertConforms(Target target, URI endpoint) throws IOException {
        try (IamClient iam = FullIamContract.at(endpoint)) {
            createRole(iam, "bystander", "/");
            createRole(iam, "irsa-conformance-killed", "/irsa-conformance/");

            ConformanceReport report =
                    Conformance.in(ACCOUNT, target, "it", call -> {}).run();

            Files.createDirectories(Path.of("target", "conformance"));
            Files.writeString(Path.of("target", "conformance", target.implementation() + ".md"), report.markdown());
            assertThat(report.contradictions()).isEmpty();
            assertThat(report.contract()).hasSizeGreaterThan(45);
            assertThat(report.journeys()).hasSize(7);
            assertThat(report.earlier()).containsExactly("irsa-conformance-killed");
            assertThat(report.left()).isEmpty();
            assertThat(report.markdown()).doesNotContain(ACCOUNT);
            assertThat(iam.listRoles().roles())
                    .extracting(role -> role.roleName())
                    .containsExactly("bystander");
        }
    }

    private static void createRole(IamClient iam, String name, String path) {
        var _ = iam.createRole(request -> request.roleName(name).path(path).assumeRolePolicyDocument(TRUST));
    }
}
