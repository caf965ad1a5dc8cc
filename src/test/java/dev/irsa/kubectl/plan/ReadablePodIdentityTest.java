package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.delivery.PodIdentityAvailability.Available;
import dev.irsa.core.delivery.PodIdentityAvailability.Unavailable;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ReadablePodIdentityTest {
    private static final PodIdentityAvailability MISSING = new Unavailable("not installed");

    private final List<String> warnings = new ArrayList<>();

    private ReadablePodIdentity source(BooleanSupplier installed) {
        return new ReadablePodIdentity(installed, () -> MISSING, warnings::add);
    }

    @Test
    void answersAsTheOperatorDoes() {
        assertThat(source(() -> true).get()).isEqualTo(new Available());
        assertThat(source(() -> false).get()).isEqualTo(MISSING);
        assertThat(warnings).isEmpty();
    }

    @Test
    void assumesAgentThatUserMayNotRead() {
        ReadablePodIdentity source = source(() -> {
            throw new FailureException(new Failure.AccessDenied("get daemonsets.apps", "forbidden"));
        });

        assertThat(source.get()).isEqualTo(new Available());
        assertThat(source.get()).isEqualTo(new Available());
        assertThat(warnings).singleElement().asString().contains("permission to get daemonsets.apps,", "assumes");
    }

    @Test
    void reportsClusterThatIsNotReachable() {
        ReadablePodIdentity source = source(() -> {
            throw new FailureException(new Failure.Passing(Reason.KubernetesUnavailable, "no response"));
        });

        assertThatThrownBy(source::get).isInstanceOf(FailureException.class);
    }
}
