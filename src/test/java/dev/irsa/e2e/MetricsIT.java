package dev.irsa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.machine.ControlPlane;
import dev.irsa.machine.FaultProxy;
import dev.irsa.machine.Kubectl;
import dev.irsa.machine.Moto;
import dev.irsa.machine.OperatorProcess;
import dev.irsa.machine.SharedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Prometheus is told is what the documents name. */
@ExtendWith(SharedMachine.class)
class MetricsIT {
    private static final Pattern NAMED = Pattern.compile("`(irsa_\\w+)(?:\\{([a-z,]+)})?`");
    private static final Pattern PARTS = Pattern.compile("_(?:count|sum|max|bucket)$");

    @Test
    void afterSomeWorkEveryFigureOfTheDocumentsIsThereAndNoOther(
            ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) throws IOException {
        World world = World.with(controlPlane, moto, proxy, kubectl);
        try (OperatorProcess operator = world.sweeping().startReady()) {
            Subject subject = Subject.in(world).apply(Applied.ONE_POLICY).awaitReady();
            proxy.faults().on("iam:GetRole").times(2).deny();
            subject.apply("{policies: {managed: [AmazonSQSReadOnlyAccess]}}").awaitReady();
            subject.delete();
            Metrics.awaitSweeps(operator, 1);

            String page = operator.page("/metrics");
            assertThat(told(page)).isEqualTo(documented().keySet());
            documented()
                    .forEach((name, labels) -> labels.forEach(
                            label -> assertThat(page).containsPattern(name + "\\w*\\{[^}]*\\b" + label + "=\"")));
            assertThat(page).contains("irsa_aws_calls_total{action=\"iam:CreateRole\"");
            assertThat(Metrics.value(operator, "irsa_sweep_age_seconds")).isNotNegative();
        }
    }

    private static Map<String, Set<String>> documented() throws IOException {
        return NAMED.matcher(Files.readString(Path.of("docs", "configuration.md")))
                .results()
                .collect(Collectors.toMap(
                        found -> found.group(1),
                        found -> found.group(2) == null
                                ? Set.of()
                                : Set.copyOf(List.of(found.group(2).split(",")))));
    }

    /** The names, without what a summary adds for its parts. */
    private static Set<String> told(String page) {
        return page.lines()
                .filter(line -> line.startsWith("irsa_"))
                .map(line -> PARTS.matcher(line.split("[{ ]", 2)[0]).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
