package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server lets in, and what it tells a person whom it refuses. */
@ExtendWith(SharedMachine.class)
class BadSpecIT {
    private static final String NAMESPACE = "bad-specs";

    @BeforeAll
    static void applyTheDefinition(Kubectl kubectl) {
        kubectl.applyFile(Path.of("crds", "iamserviceaccounts.irsa.dev.yaml")).orThrow();
        kubectl.get("wait", "--for=condition=Established", "crd/iamserviceaccounts.irsa.dev");
        kubectl.get("create", "namespace", NAMESPACE);
    }

    @AfterAll
    static void leaveNothing(Kubectl kubectl) {
        kubectl.get("delete", "namespace", NAMESPACE, "--wait=false");
    }

    static List<BadSpec> badSpecs() {
        return BadSpec.allOf("bad-specs.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void refusesABadSpecAndNamesTheField(BadSpec bad, Kubectl kubectl) {
        var refusal = create(kubectl, bad.manifest(NAMESPACE));

        assertThat(refusal.exitCode()).isNotZero();
        assertThat(refusal.stderr()).contains(bad.says());
    }

    /** An apply on the server's side meets the types before the schema; its messages are other ones,
     * but name the field too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void refusesABadSpecThatIsAppliedOnTheServersSide(BadSpec bad, Kubectl kubectl) {
        var refusal = kubectl.apply(bad.manifest(NAMESPACE));

        assertThat(refusal.exitCode()).isNotZero();
        assertThat(refusal.stderr()).contains(bad.field());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "serviceAccount.name | {serviceAccount: {name: a}} | {serviceAccount: {name: b}}",
                "serviceAccount.name | {serviceAccount: {name: a}} | {serviceAccount: {management: Manage}}",
                "serviceAccount.name | {serviceAccount: {name: a}} | {suspend: false}",
                "serviceAccount.name | {serviceAccount: {management: Manage}} | {serviceAccount: {name: a}}",
                "serviceAccount.name | {} | {serviceAccount: {name: a}}",
                "role.name | {role: {name: a}} | {role: {name: b}}",
                "role.name | {role: {name: a}} | {role: {name: A}}",
                "role.name | {role: {name: a}} | {role: {description: a}}",
                "role.name | {role: {name: a}} | {suspend: false}",
                "role.name | {role: {description: a}} | {role: {description: a, name: a}}",
                "role.name | {} | {role: {name: a}}",
                "role.path | {role: {path: /a/}} | {role: {path: /b/}}",
                "role.path | {role: {path: /a/}} | {role: {description: a}}",
                "role.path | {role: {path: /a/}} | {suspend: false}",
                "role.path | {role: {description: a}} | {role: {path: /a/}}",
                "role.path | {} | {role: {path: /a/}}",
            })
    void refusesToChangeWhatCannotChange(String field, String before, String after, Kubectl kubectl) {
        kubectl.apply(BadSpec.manifest(NAMESPACE, "immutable", before)).orThrow();
        try {
            var refusal = kubectl.apply(BadSpec.manifest(NAMESPACE, "immutable", after));

            assertThat(refusal.exitCode()).isNotZero();
            assertThat(refusal.stderr())
                    .contains("spec." + field + ": Invalid value", field + " is immutable")
                    .contains("delete this resource and create another");
        } finally {
            kubectl.get("delete", "iamsa", "immutable", "--namespace=" + NAMESPACE);
        }
    }

    @Test
    void refusesANameThatDoesNotFitIntoATag(Kubectl kubectl) {
        assertThat(create(kubectl, BadSpec.manifest(NAMESPACE, "x".repeat(63), "{}"))
                        .stderr())
                .isEmpty();
        assertThat(create(kubectl, BadSpec.manifest(NAMESPACE, "x".repeat(64), "{}"))
                        .stderr())
                .contains("metadata.name is longer than 63 characters");
    }

    @Test
    void refusesAResourceWithoutSpec(Kubectl kubectl) {
        var manifest = BadSpec.manifest(NAMESPACE, "bad", "").replace("spec:", "");

        assertThat(create(kubectl, manifest).stderr()).contains("spec: Required value");
    }

    /** Checked only: nothing is left even where the server lets it in. */
    private static Command.Result create(Kubectl kubectl, String manifest) {
        return kubectl.run(manifest, List.of("create", "--validate=strict", "--dry-run=server", "--filename=-"));
    }
}
