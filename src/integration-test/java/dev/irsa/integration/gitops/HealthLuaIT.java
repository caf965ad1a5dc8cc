package dev.irsa.integration.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.reconcile.PublishedState;
import dev.irsa.fixtures.reconcile.PublishedStates;
import dev.irsa.integration.machine.Tool;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the health script with Argo CD's own interpreter. */
class HealthLuaIT {
    private static final Path ARGOCD = Path.of("deploy", "argocd");
    private static final Path SETTINGS = ARGOCD.resolve("argocd-cm.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ANSWER = Pattern.compile("STATUS: (\\w+)\nMESSAGE: (.*)\n");

    @TempDir
    private static Path folder;

    private static List<Answer> answers = List.of();

    /** A state and the health that Argo CD reports for it. */
    private record Answer(PublishedState state, String health, String message) {}

    @BeforeAll
    static void evaluateEachState() {
        answers = PublishedStates.all().parallelStream()
                .map(HealthLuaIT::evaluate)
                .toList();
    }

    @Test
    void mapsEachStateAsDocumented() {
        Map<String, Set<String>> verdicts = new TreeMap<>();
        for (Answer answer : answers) {
            verdicts.computeIfAbsent(answer.state().name(), name -> new TreeSet<>())
                    .add(answer.health());
        }

        assertThat(verdicts).isEqualTo(StateTable.column("Argo CD"));
    }

    @Test
    void reportsReadyMessageOfCurrentGeneration() {
        assertThat(answers)
                .filteredOn(answer -> isCurrent(answer.state()))
                .hasSizeGreaterThan(20)
                .allSatisfy(answer -> assertThat(answer.message())
                        .isEqualTo(ready(answer.state()).path("message").asText()));
    }

    @Test
    void resourceWithoutStatusIsProgressing() {
        IamServiceAccount bare = new IamServiceAccount();
        bare.setMetadata(PublishedStates.all().getFirst().object().getMetadata());

        assertThat(evaluate(new PublishedState("bare", bare)))
                .extracting(Answer::health, Answer::message)
                .containsExactly("Progressing", "the operator has not processed it yet");
    }

    @Test
    void configMapContainsScriptForEachKind() throws IOException {
        String script = Files.readString(ARGOCD.resolve("health.lua"));

        assertThat(Serialization.unmarshal(Files.readString(SETTINGS), ConfigMap.class)
                        .getData())
                .containsOnly(
                        Map.entry("resource.customizations.health.irsa.dev_IamServiceAccount", script),
                        Map.entry("resource.customizations.health.irsa.dev_IamEntitlement", script),
                        Map.entry("resource.customizations.health.irsa.dev_IamPolicyTemplate", script),
                        Map.entry("resource.customizations.health.irsa.dev_IamAccount", script));
    }

    private static boolean isCurrent(PublishedState state) {
        var metadata = state.object().getMetadata();
        return metadata.getDeletionTimestamp() == null
                && ready(state).path("observedGeneration").asLong() == metadata.getGeneration();
    }

    /** Returns the condition Ready, or a missing node without one. */
    private static JsonNode ready(PublishedState state) {
        try {
            return JSON.readTree(state.json())
                    .path("status")
                    .path("conditions")
                    .valueStream()
                    .filter(condition -> condition.path("type").asText().equals("Ready"))
                    .findFirst()
                    .orElse(MissingNode.getInstance());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer evaluate(PublishedState state) {
        try {
            var file = Files.writeString(Files.createTempFile(folder, "object", ".json"), state.json());
            var output = Tool.ARGOCD
                    .run(
                            "",
                            "admin",
                            "settings",
                            "resource-overrides",
                            "health",
                            file.toString(),
                            "--argocd-cm-path=" + SETTINGS)
                    .orThrow()
                    .stdout();
            var answer = ANSWER.matcher(output);
            assertThat(answer.matches()).as(output).isTrue();
            return new Answer(state, answer.group(1), answer.group(2));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot evaluate the health", e);
        }
    }
}
