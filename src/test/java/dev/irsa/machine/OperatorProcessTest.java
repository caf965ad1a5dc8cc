package dev.irsa.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorProcessTest {
    private OperatorLaunch launch = OperatorLaunch.of("c", Path.of("some.kubeconfig"), URI.create("http://aws.test"));

    @BeforeEach
    void useTheStub(@TempDir Path folder) throws IOException {
        launch = launch.withJar(jarOf(StubOperator.class, folder.resolve("stub.jar")));
    }

    @Test
    void isReadyAndEndsWhenAskedTo() {
        try (var operator = launch.startReady()) {
            assertThat(operator.isAlive()).isTrue();
            assertThat(operator.residentKiB()).isBetween(10_000L, 500_000L);
            assertThat(operator.status("/nothing")).isEqualTo(404);

            operator.sigterm();

            assertThat(operator.awaitExit()).isEqualTo(143);
            assertThat(operator.status("/readyz")).isZero();
        }
    }

    @Test
    void crashes() {
        try (var operator = launch.startReady()) {
            operator.sigkill();

            assertThat(operator.isAlive()).isFalse();
            assertThat(operator.awaitExit()).isEqualTo(137);
        }
    }

    @Test
    void getsItsFlagsAndVariables() {
        var changed = launch.withArguments("--dry-run")
                .withEnvironment("IRSA_ROLE_PATH", "/x/")
                .withoutEnvironment("AWS_REGION");
        try (var operator = changed.startReady()) {
            assertThat(operator.log())
                    .contains("[run, --cluster-name=c, --http-port=", ", --dry-run]")
                    .contains("KUBECONFIG=some.kubeconfig", "AWS_ENDPOINT_URL=http://aws.test", "IRSA_ROLE_PATH=/x/")
                    .doesNotContain("AWS_REGION");
        }
    }

    @Test
    void tellsWhyItIsNotReady() {
        var wrong = launch.withArguments("--wrong");

        assertThatThrownBy(wrong::startReady).hasStackTraceContaining("ended with 2");
        try (var operator = wrong.start()) {
            assertThat(operator.awaitExit()).isEqualTo(2);
        }
    }

    private static Path jarOf(Class<?> main, Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        var entry = main.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var in = main.getResourceAsStream(main.getSimpleName() + ".class")) {
            out.putNextEntry(new JarEntry(entry));
            if (in != null) {
                in.transferTo(out);
            }
        }
        return jar;
    }
}
