package dev.irsa.integration.gitops;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.PublishedState;
import dev.irsa.fixtures.reconcile.PublishedStates;
import dev.irsa.integration.machine.Tool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tests the status that kstatus computes, which Flux, {@code helm --wait} and similar tools use. */
class KstatusIT {
    private final List<PublishedState> states = PublishedStates.all();
    private final List<String> lines = Tool.KSTATUS
            .run(states.stream().map(PublishedState::json).collect(joining("\n")))
            .orThrow()
            .stdout()
            .lines()
            .toList();

    @Test
    void mapsEachStateAsDocumented() {
        assertThat(lines).hasSameSizeAs(states);
        Map<String, Set<String>> verdicts = new TreeMap<>();
        for (int i = 0; i < states.size(); i++) {
            verdicts.computeIfAbsent(states.get(i).name(), name -> new TreeSet<>())
                    .add(lines.get(i).split("\t", -1)[0]);
        }

        assertThat(verdicts).isEqualTo(StateTable.column("kstatus (Flux, Helm)"));
    }

    @Test
    void reportsReadyMessage() {
        assertThat(lines)
                .contains("Failed\trole r exists but this resource does not manage it", "InProgress\tit passes");
    }
}
