package dev.irsa.kubectl.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.kubectl.diagnosis.Diagnosis.Finding;
import dev.irsa.kubectl.diagnosis.Result.Outcome;
import dev.irsa.kubectl.diagnosis.Worlds.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For each world with one fault, the diagnosis must report exactly its cause. */
class DiagnosisMatrixTest {
    private static final Map<String, Fault> WORLDS = Worlds.withOneFault();

    /** Only ever a warning: the pod may get its credentials nevertheless. */
    private static final Set<Cause> NEVER_FAIL = EnumSet.of(
            Cause.NodeCredentialsReachable,
            Cause.RoleTooNew,
            Cause.TrustUndecided,
            Cause.SessionTagsTooLarge,
            Cause.BoundaryDeniesPolicies);

    static Stream<Arguments> worlds() {
        return WORLDS.entrySet().stream()
                .map(entry -> Arguments.of(
                        entry.getKey(),
                        entry.getValue().cause(),
                        entry.getValue().world()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("worlds")
    void reportsExactlyTheCause(String description, Cause cause, World world) {
        assertThat(failed(world)).as(description).containsExactly(cause);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void saysWhatToDo(String description, Cause cause, World world) {
        Finding first = Diagnosis.of(world.facts()).firstFailed().orElseThrow();

        assertThat(first.result().seen()).as(description).isNotBlank();
        assertThat(first.result().remedy()).as(description).isNotBlank();
    }

    @Test
    void hasWorldForEachCause() {
        assertThat(WORLDS.values().stream().map(Fault::cause).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(NEVER_FAIL)));
    }

    @Test
    void findsNothingInHealthyWorlds() {
        assertThat(outcomes(World.irsa())).containsOnly(Outcome.OK);
        assertThat(outcomes(World.podIdentity())).containsOnly(Outcome.OK);
    }

    @Test
    void listsWhatIsNotVisibleOnlyIfNothingFailed() {
        assertThat(Diagnosis.of(World.irsa().facts()).notes()).anyMatch(note -> note.contains("SDK"));
        World faulty = World.irsa().withoutInjection();
        assertThat(Diagnosis.of(faulty.facts()).notes()).isEmpty();
    }

    @Test
    void writesConfusionMatrix() throws IOException {
        Map<Cause, Map<String, Integer>> counts = new TreeMap<>();
        WORLDS.values()
                .forEach(fault -> counts.computeIfAbsent(fault.cause(), _ -> new TreeMap<>())
                        .merge(failed(fault.world()).toString(), 1, Integer::sum));
        StringBuilder table =
                new StringBuilder("| cause | reported as failed, with the number of worlds |\n|---|---|\n");
        counts.forEach((cause, reported) ->
                table.append("| ").append(cause).append(" | ").append(reported).append(" |\n"));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/doctor-confusion-matrix.md"), table);

        assertThat(counts).allSatisfy((cause, reported) -> assertThat(reported).containsOnlyKeys("[" + cause + "]"));
    }

    private static List<Cause> failed(World world) {
        return Diagnosis.of(world.facts()).findings().stream()
                .filter(finding -> finding.result().isFailed())
                .map(Finding::cause)
                .toList();
    }

    private static List<Outcome> outcomes(World world) {
        return Diagnosis.of(world.facts()).findings().stream()
                .map(finding -> finding.result().outcome())
                .toList();
    }

    @Test
    void examinesCausesAfterWhatTheyMayFollowFrom() {
        assertThat(Arrays.stream(Cause.values()))
                .allSatisfy(
                        cause -> assertThat(cause.mayFollowFrom()).allMatch(earlier -> earlier.compareTo(cause) < 0));
    }
}
