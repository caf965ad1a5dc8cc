package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests how a real API server validates policy templates. {@code TemplateLibraryIT} has those that it accepts. */
@ExtendWith(SharedMachine.class)
class PolicyTemplateSpecIT {
    @BeforeAll
    static void applyCrd(Kubectl kubectl) {
        CrdCommands.applyCrd(kubectl, "iampolicytemplates");
    }

    static List<BadSpec> badSpecs() {
        return BadSpec.allOf("bad-templates.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void rejectsInvalidSpecAndNamesField(BadSpec bad, Kubectl kubectl) {
        var rejection = CrdCommands.dryRun(kubectl, manifest("of-the-schema", Serialization.asJson(bad.spec())));

        assertThat(rejection.exitCode()).isNotZero();
        assertThat(rejection.stderr()).contains(bad.fragments());
    }

    @Test
    void rejectsNameThatIamCannotHave(Kubectl kubectl) {
        var rejection = CrdCommands.dryRun(
                kubectl, manifest("a".repeat(129), "{document: {Version: '2012-10-17', Statement: []}}"));

        assertThat(rejection.exitCode()).isNotZero();
        assertThat(rejection.stderr()).contains("more than 128 characters");
    }

    private static String manifest(String name, String spec) {
        return "{apiVersion: irsa.dev/v1beta1, kind: IamPolicyTemplate, metadata: {name: %s}, spec: %s}"
                .formatted(name, spec);
    }
}
