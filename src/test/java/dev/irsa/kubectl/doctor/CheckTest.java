package dev.irsa.kubectl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.diagnosis.Result;
import dev.irsa.kubectl.output.Terminal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of the checks. */
class CheckTest {
    @Test
    void showsInOneLineAllThatDependOnTheSameCheck() {
        Result waits = Result.notChecked(Diagnosis.DEPENDS_ON + "Role exists");
        List<Check> checks = List.of(
                Check.of("A", "Role exists", Result.failed("no role", "create it")),
                Check.of("B", "Role is not new", waits),
                Check.of("C", "Token is accepted", Result.notChecked("no permission")),
                Check.of("D", "Role admits the pod", waits),
                Check.of("E", "Pod is new", Result.notChecked(Diagnosis.DEPENDS_ON + "Pod exists")));

        assertThat(Check.table(checks, Terminal.NONE)
                        .lines()
                        .map(line -> line.strip().replaceAll(" {2,}", " | ")))
                .containsExactly(
                        "CHECK | SEEN",
                        "FAILED | Role exists | no role",
                        "? | Token is accepted | no permission",
                        "? | 2 other checks | depends on: Role exists",
                        "? | Pod is new | depends on: Pod exists");
    }
}
