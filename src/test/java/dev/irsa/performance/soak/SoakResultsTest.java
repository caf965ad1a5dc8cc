package dev.irsa.performance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SoakResultsTest {
    private static final Map<String, Long> SWEEP =
            Map.of("iam:GetAccountAuthorizationDetails", 3L, "iam:ListRoles", 1L, "iam:GetOpenIDConnectProvider", 1L);
    private static final Sample GOOD = sample(150, SWEEP, Map.of("watch namespaces", 1L), 1, 200);
    private static final Sample LATER = sample(150, SWEEP, Map.of(), 2, 200);
    private static final WarningAttribution QUIET = new WarningAttribution(Map.of(), List.of());

    @Test
    void holdsWithoutGrowthAndWithOnlySweepsWhileIdle() {
        assertThat(failed(GOOD, LATER, QUIET, List.of(), List.of(20.0, 21.9, 18.0)))
                .isEmpty();
    }

    static Stream<List<Object>> failures() {
        return Stream.of(
                List.of("resident memory", sample(166, SWEEP, Map.of(), 2, 200)),
                List.of("calls AWS only for sweeps", sample(150, Map.of("iam:GetRole", 1L), Map.of(), 2, 200)),
                List.of(
                        "does not write to the cluster",
                        sample(150, SWEEP, Map.of("patch iamserviceaccounts/status", 1L), 2, 200)),
                List.of("sweeps continue", sample(150, SWEEP, Map.of(), 1, 200)),
                List.of("/livez", sample(150, SWEEP, Map.of(), 2, 503)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void namesTheFailedCriterion(List<Object> failure) {
        assertThat(failed(GOOD, (Sample) failure.getLast(), QUIET, List.of(), List.of(20.0, 20.0, 18.0)))
                .singleElement()
                .satisfies(criterion -> assertThat(criterion.what()).contains((String) failure.getFirst()));
    }

    @Test
    void failsWhenTheLiveHeapGrows() {
        assertThat(failed(GOOD, LATER, QUIET, List.of(), List.of(20.0, 22.1, 18.0)))
                .extracting(Criterion::what)
                .containsExactly("no growth of more than 10 %: heap after a full collection, MiB");
    }

    @Test
    void namesDifferencesFromTheSpecs() {
        assertThat(failed(GOOD, LATER, QUIET, List.of("role soak_a_b is left over"), List.of(20.0, 20.0, 18.0)))
                .extracting(Criterion::found)
                .containsExactly("1: role soak_a_b is left over");
    }

    @Test
    void failsWithoutMeasurements() {
        assertThat(new Growth("threads", Double.NaN, Double.NaN).isAllowed()).isFalse();
    }

    private static List<Criterion> failed(
            Sample first, Sample last, WarningAttribution log, List<String> differences, List<Double> heaps) {
        List<Sample> all = List.of(first, last);
        return new SoakResults(List.of(first), List.of(last), all, all, heaps, log, differences, List.of())
                .criteria().stream().filter(criterion -> !criterion.holds()).toList();
    }

    private static Sample sample(
            double resident, Map<String, Long> aws, Map<String, Long> api, double sweeps, int livez) {
        Duration time = Duration.ofSeconds(15);
        return new Sample(time, time, resident, 30, 40, 100, aws, api, 0, sweeps, livez);
    }
}
