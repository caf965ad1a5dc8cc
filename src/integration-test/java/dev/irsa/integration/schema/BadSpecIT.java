package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests which invalid specs a real API server rejects, and its error messages. */
@ExtendWith(SharedMachine.class)
class BadSpecIT {
    private static final String NAMESPACE = "bad-specs";

    @BeforeAll
    static void applyCrd(Kubectl kubectl) {
        CrdCommands.applyCrd(kubectl, "iamserviceaccounts");
        kubectl.get("create", "namespace", NAMESPACE);
    }

    @AfterAll
    static void deleteNamespace(Kubectl kubectl) {
        kubectl.get("delete", "namespace", NAMESPACE, "--wait=false");
    }

    static List<BadSpec> badSpecs() {
        return BadSpec.allOf("bad-specs.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void rejectsInvalidSpecAndNamesField(BadSpec bad, Kubectl kubectl) {
        var rejection = CrdCommands.dryRun(kubectl, bad.manifest(NAMESPACE));

        assertThat(rejection.exitCode()).isNotZero();
        assertThat(rejection.stderr()).contains(bad.fragments());
    }

    /** Server-side apply checks types before the schema. Its messages differ but name the field too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void rejectsInvalidSpecOnServerSideApply(BadSpec bad, Kubectl kubectl) {
        var rejection = kubectl.apply(bad.manifest(NAMESPACE));

        assertThat(rejection.exitCode()).isNotZero();
        assertThat(rejection.stderr()).contains(bad.field());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
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
    void rejectsChangeOfImmutableField(String field, String before, String after, Kubectl kubectl) {
        kubectl.apply(BadSpec.manifest(NAMESPACE, "immutable", before)).orThrow();
        try {
            var rejection = kubectl.apply(BadSpec.manifest(NAMESPACE, "immutable", after));

            assertThat(rejection.exitCode()).isNotZero();
            assertThat(rejection.stderr())
                    .contains("spec." + field + ": Invalid value", field + " is immutable")
                    .contains("delete this resource and create another");
        } finally {
            kubectl.get("delete", "iamsa", "immutable", "--namespace=" + NAMESPACE);
        }
    }

    @Test
    void rejectsAListThatDropsTheDefaultServiceAccount(Kubectl kubectl) {
        String name = "default-account";
        kubectl.apply(BadSpec.manifest(NAMESPACE, name, "{suspend: true}")).orThrow();
        try {
            var rejection =
                    kubectl.apply(BadSpec.manifest(NAMESPACE, name, "{suspend: true, serviceAccounts: [{name: a}]}"));

            assertThat(rejection.exitCode()).isNotZero();
            assertThat(rejection.stderr()).contains("serviceAccounts: 'default-account' is missing");
            kubectl.apply(BadSpec.manifest(
                            NAMESPACE, name, "{suspend: true, serviceAccounts: [{name: a}, {name: default-account}]}"))
                    .orThrow();
            kubectl.apply(BadSpec.manifest(NAMESPACE, name, "{suspend: true, serviceAccounts: [{name: a}]}"))
                    .orThrow();
        } finally {
            kubectl.get("delete", "iamsa", name, "--namespace=" + NAMESPACE);
        }
    }

    @Test
    void rejectsAnotherServiceAccountForARoleOfOthers(Kubectl kubectl) {
        String name = "external-account";
        String spec = "{externalRole: {arn: \"arn:aws:iam::111122223333:role/a\"}, serviceAccounts: [{name: %s}]}";
        kubectl.apply(BadSpec.manifest(NAMESPACE, name, spec.replace(", serviceAccounts: [{name: %s}]", "")))
                .orThrow();
        try {
            assertThat(kubectl.apply(BadSpec.manifest(NAMESPACE, name, spec.formatted("a")))
                            .stderr())
                    .contains("spec.serviceAccounts: Invalid value", "'" + name + "' is missing", "is immutable");
            kubectl.apply(BadSpec.manifest(NAMESPACE, name, spec.formatted(name + ", management: Ignore")))
                    .orThrow();
            kubectl.apply(BadSpec.manifest(NAMESPACE, name, spec.formatted(name)))
                    .orThrow();
        } finally {
            kubectl.get("delete", "iamsa", name, "--namespace=" + NAMESPACE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "cannot be added later | {} | {externalRole: {arn: E}}",
                "cannot be added later | {role: {tags: {a: b}}} | {externalRole: {arn: E}}",
                "can be removed only to adopt | {externalRole: {arn: E}} | {suspend: true}",
                "can be removed only to adopt | {externalRole: {arn: E}} | {role: {name: a}}",
                "can be removed only to adopt | {externalRole: {arn: E}} | {role: {name: a, path: /team/}}",
                "can be removed only to adopt | {externalRole: {arn: E}} | {role: {name: a, path: /team/, adoption: Never}}",
                "can be removed only to adopt | {externalRole: {arn: E}} | {role: {name: b, path: /team/, adoption: IfOffered}}",
                "can be removed only to adopt | {externalRole: {arn: E}} | {role: {name: a, path: /, adoption: IfOffered}}",
                "can be removed only to adopt | {externalRole: {arn: E}} | {role: {name: a, adoption: IfOffered}}",
                "can be removed only to adopt | {externalRole: {arn: E}} | {role: {name: A, path: /team/, adoption: IfOffered}}",
            })
    void rejectsTransitionOfARoleOfOthers(String message, String before, String after, Kubectl kubectl) {
        String arn = "\"arn:aws:iam::111122223333:role/team/a\"";
        kubectl.apply(BadSpec.manifest(NAMESPACE, "external", before.replace("arn: E", "arn: " + arn)))
                .orThrow();
        try {
            var rejection =
                    kubectl.apply(BadSpec.manifest(NAMESPACE, "external", after.replace("arn: E", "arn: " + arn)));

            assertThat(rejection.exitCode()).isNotZero();
            assertThat(rejection.stderr()).contains("spec.externalRole: Invalid value", message);
        } finally {
            kubectl.get("delete", "iamsa", "external", "--namespace=" + NAMESPACE);
        }
    }

    @Test
    void rejectsNameLongerThanTagAllows(Kubectl kubectl) {
        assertThat(CrdCommands.dryRun(kubectl, BadSpec.manifest(NAMESPACE, "x".repeat(63), "{}"))
                        .stderr())
                .isEmpty();
        assertThat(CrdCommands.dryRun(kubectl, BadSpec.manifest(NAMESPACE, "x".repeat(64), "{}"))
                        .stderr())
                .contains("metadata.name is longer than 63 characters");
    }

    @Test
    void rejectsResourceWithoutSpec(Kubectl kubectl) {
        var manifest = BadSpec.manifest(NAMESPACE, "bad", "").replace("spec:", "");

        assertThat(CrdCommands.dryRun(kubectl, manifest).stderr()).contains("spec: Required value");
    }
}
