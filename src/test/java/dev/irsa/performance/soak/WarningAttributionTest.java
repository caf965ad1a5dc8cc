package dev.irsa.performance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarningAttributionTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final InjectedFault CUT = new InjectedFault(FaultKind.CUT, NOON, NOON.plusSeconds(18));
    private static final String NO_ANSWER = "AwsUnavailable: AWS returned no usable response: connection reset";

    @Test
    void attributesAWarningToItsFault() {
        WarningAttribution found = WarningAttribution.of(
                List.of(line(1, NO_ANSWER), line(17, NO_ANSWER), line(40, NO_ANSWER)), List.of(CUT), Map.of());

        assertThat(found.explained()).isEqualTo(Map.of(FaultKind.CUT, 3));
        assertThat(found.unexplained()).isEmpty();
    }

    @Test
    void faultExplainsNoWarningBeforeItOrLongAfter() {
        LogLine before = line(-1, NO_ANSWER);
        LogLine after = line(19 + InjectedFault.AFTERMATH.toSeconds(), NO_ANSWER);

        assertThat(WarningAttribution.of(List.of(before, after), List.of(CUT), Map.of())
                        .unexplained())
                .containsExactly(before, after);
    }

    @Test
    void faultExplainsNoWarningOfAnotherKind() {
        LogLine other = line(5, "Throttled: AWS is throttling IAM in this account; retrying, no action needed");

        assertThat(WarningAttribution.of(List.of(other), List.of(CUT), Map.of()).unexplained())
                .containsExactly(other);
    }

    @Test
    void attributesWarningToManualChangeOfItsResource() {
        LogLine leftovers =
                line(5, "RoleLeftovers: policies that were not in the spec were deleted with the role: a policy");

        assertThat(unexplained(leftovers, Map.of("RoleLeftovers", Set.of("team/app"))))
                .isEmpty();
        assertThat(unexplained(leftovers, Map.of("RoleLeftovers", Set.of("team/other"))))
                .containsExactly(leftovers);
        assertThat(unexplained(leftovers, Map.of("RoleRecreated", Set.of("team/app"))))
                .containsExactly(leftovers);
    }

    @Test
    void readsWarningsAndLinesThatAreNotJson() {
        String log = """
                {"timestamp":1767268800000,"level":"INFO","loggerName":"dev.irsa.A","formattedMessage":"created role a"}
                {"timestamp":1767268800000,"level":"WARN","loggerName":"dev.irsa.A","formattedMessage":"trouble"}
                {"timestamp":1767268800000,"level":"ERROR","loggerName":"dev.irsa.B","mdc":{"namespace":"team","name":"app"},"formattedMessage":"a defect","throwable":{"className":"X"}}

                OpenJDK 64-Bit Server VM warning: something
                """;

        assertThat(LogLine.warnings(log))
                .containsExactly(
                        new LogLine(NOON, "WARN", "dev.irsa.A", "", "trouble", false),
                        new LogLine(NOON, "ERROR", "dev.irsa.B", "team/app", "a defect", true),
                        new LogLine(
                                Instant.MAX, "ERROR", "", "", "OpenJDK 64-Bit Server VM warning: something", false));
    }

    private static List<LogLine> unexplained(LogLine warning, Map<String, Set<String>> byHand) {
        return WarningAttribution.of(List.of(warning), List.of(), byHand).unexplained();
    }

    private static LogLine line(long seconds, String message) {
        return new LogLine(NOON.plus(Duration.ofSeconds(seconds)), "WARN", "dev.irsa.A", "team/app", message, false);
    }
}
