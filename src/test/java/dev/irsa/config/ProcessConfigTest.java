package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.port.NamespacedName;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ProcessConfigTest {
    @Test
    void defaultsToLeaseInNamespaceOfPod() throws InvalidConfiguration {
        assertThat(lease(Optional.of("platform"), "--leader-election=true"))
                .contains(new NamespacedName("platform", "irsa-operator"));
    }

    @Test
    void prefersConfiguredLease() throws InvalidConfiguration {
        assertThat(lease(Optional.of("platform"), "--leader-election", "--lease=irsa/work.er-1"))
                .contains(new NamespacedName("irsa", "work.er-1"));
    }

    @Test
    void hasNoLeaseWithoutLeaderElection() throws InvalidConfiguration {
        assertThat(lease(Optional.of("platform"), "--lease=irsa/operator")).isEmpty();
    }

    @Test
    void requiresLeaseOutsidePod() {
        assertThat(problem("--leader-election=true"))
                .isEqualTo(
                        "--lease is missing; --leader-election requires a Lease, and outside a pod there is no default"
                                + " namespace; set --lease=NAMESPACE/NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"operator", "a/b/c", "/operator", "irsa/", "Irsa/operator", "irsa/Operator", "i.a/b", "a/b..c"})
    void reportsInvalidLeaseNameOnce(String name) {
        assertThat(problem("--leader-election=true", "--lease=" + name))
                .isEqualTo("--lease=" + name
                        + ": it must be the namespace and the name of a Lease, such as irsa-operator/irsa-operator");
    }

    @Test
    void rejectsInvalidLeaderElection() {
        assertThat(problem("--leader-election=yes")).isEqualTo("--leader-election=yes: it must be true or false");
    }

    private static Optional<NamespacedName> lease(Optional<String> podNamespace, String... arguments)
            throws InvalidConfiguration {
        GivenFlags flags = OperatorConfig.flags();
        new CommandLine(flags)
                .parseArgs(Stream.concat(Stream.of("--cluster-name=prod"), Arrays.stream(arguments))
                        .toArray(String[]::new));
        return OperatorConfig.of(flags, true, podNamespace).process().lease();
    }

    private static String problem(String... arguments) {
        InvalidConfiguration invalid =
                catchThrowableOfType(InvalidConfiguration.class, () -> lease(Optional.empty(), arguments));
        assertThat(invalid).isNotNull();
        assertThat(invalid.problems()).hasSize(1);
        return invalid.problems().getFirst();
    }
}
