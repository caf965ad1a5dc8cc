package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.port.LeaseName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseOptionsParserTest {
    private final RunOptions options = new RunOptions();

    LeaseOptionsParserTest() {
        options.clusterName = "prod";
    }

    @Test
    void defaultsToLeaseInNamespaceOfPod() throws InvalidConfiguration {
        options.leaderElection = "true";

        assertThat(lease(Optional.of("platform"))).contains(new LeaseName("platform", "irsa-operator"));
    }

    @Test
    void prefersConfiguredLease() throws InvalidConfiguration {
        options.leaderElection = "true";
        options.lease = "irsa/work.er-1";

        assertThat(lease(Optional.of("platform"))).contains(new LeaseName("irsa", "work.er-1"));
    }

    @Test
    void hasNoLeaseWithoutLeaderElection() throws InvalidConfiguration {
        options.lease = "irsa/operator";

        assertThat(lease(Optional.of("platform"))).isEmpty();
    }

    @Test
    void requiresLeaseOutsidePod() {
        options.leaderElection = "true";

        assertThat(problem())
                .isEqualTo(
                        "--lease is missing; --leader-election requires a Lease, and outside a pod there is no default"
                                + " namespace; set --lease=NAMESPACE/NAME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"operator", "a/b/c", "/operator", "irsa/", "Irsa/operator", "irsa/Operator", "i.a/b", "a/b..c"})
    void reportsInvalidLeaseNameOnce(String name) {
        options.leaderElection = "true";
        options.lease = name;

        assertThat(problem())
                .isEqualTo("--lease=" + name
                        + ": it must be the namespace and the name of a Lease, such as irsa-operator/irsa-operator");
    }

    @Test
    void rejectsInvalidLeaderElection() {
        options.leaderElection = "yes";

        assertThat(problem()).isEqualTo("--leader-election=yes: it must be true or false");
    }

    private Optional<LeaseName> lease(Optional<String> podNamespace) throws InvalidConfiguration {
        return OperatorConfig.of(options, true, podNamespace).lease();
    }

    private String problem() {
        InvalidConfiguration invalid = catchThrowableOfType(InvalidConfiguration.class, () -> lease(Optional.empty()));
        assertThat(invalid).isNotNull();
        assertThat(invalid.problems()).hasSize(1);
        return invalid.problems().getFirst();
    }
}
