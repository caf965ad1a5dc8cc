package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how a real API server validates and stores accounts. */
@ExtendWith(SharedMachine.class)
class AccountSpecIT {
    private static final String NAME = "of-the-schema";
    private static final String ROLE = "arn:aws:iam::444455556666:role/irsa-operator";
    private static final String VALID = "{accountID: '444455556666', roleARN: '" + ROLE + "'}";

    @BeforeAll
    static void applyCrd(Kubectl kubectl) {
        CrdCommands.applyCrd(kubectl, "iamaccounts");
        CrdCommands.applyCrd(kubectl, "iamserviceaccounts");
    }

    @AfterEach
    void deleteAccount(Kubectl kubectl) {
        kubectl.get("delete", "iamaccount", NAME, "--ignore-not-found");
    }

    private static String manifest(String spec) {
        return """
                apiVersion: irsa.dev/v1beta1
                kind: IamAccount
                metadata: {name: of-the-schema}
                spec: %s
                """.formatted(spec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{roleARN: 'ROLE'} | spec.accountID",
                "{accountID: '444455556666'} | spec.roleARN",
                "{accountID: '44445555666', roleARN: 'ROLE'} | spec.accountID",
                "{accountID: 444455556666, roleARN: 'ROLE'} | spec.accountID",
                "{accountID: '444455556666', roleARN: 'irsa-operator'} | is not the ARN of a role",
                "{accountID: '111122223333', roleARN: 'ROLE'} | roleARN must be a role of the account accountID",
                "{accountID: '444455556666', roleARN: 'ROLE', rolePath: /} | rolePath",
                "{accountID: '444455556666', roleARN: 'ROLE', rolePath: irsa} | rolePath",
                "{accountID: '444455556666', roleARN: 'arn:aws:iam::444455556666:role/irsa/a', rolePath: /irsa/} | below rolePath",
                "{accountID: '444455556666', roleARN: 'ROLE', externalID: a} | externalID",
                "{accountID: '444455556666', roleARN: 'ROLE', externalID: 'a b'} | externalID",
                "{accountID: '444455556666', roleARN: 'ROLE', oidcProvider: Delete} | oidcProvider",
            })
    void rejectsInvalidSpecAndNamesField(String spec, String fragment, Kubectl kubectl) {
        Command.Result rejection = CrdCommands.dryRun(kubectl, manifest(spec.replace("ROLE", ROLE)));

        assertThat(rejection.exitCode()).isNotZero();
        assertThat(rejection.stderr()).contains(fragment);
    }

    @Test
    void acceptsValidSpecAndKeepsAccountAndPath(Kubectl kubectl) {
        kubectl.apply(manifest(VALID)).orThrow();
        assertThat(CrdCommands.row(kubectl.get("get", "iamacct", NAME)))
                .isEqualTo("NAME READY REASON ACCOUNT ID ROLES QUOTA AGE|of-the-schema 444455556666 _");

        assertRejected(kubectl, VALID.replace("}", ", rolePath: /irsa/}"), "rolePath is immutable");
        assertRejected(kubectl, VALID.replace("444455556666", "777788889999"), "accountID is immutable");
        kubectl.apply(manifest(VALID.replace("}", ", externalID: production-eu, oidcProvider: Create}")))
                .orThrow();
    }

    private static void assertRejected(Kubectl kubectl, String spec, String fragment) {
        Command.Result rejection = kubectl.apply(manifest(spec));
        assertThat(rejection.exitCode()).isNotZero();
        assertThat(rejection.stderr()).contains(fragment);
    }

    @Test
    void theAccountOfAResourceIsImmutable(Kubectl kubectl) {
        String resource = """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: of-the-schema}
                spec: {account: analytics}
                """;
        kubectl.apply(resource).orThrow();
        try {
            for (String other : new String[] {"{account: other}", "{suspend: false}"}) {
                Command.Result rejection = kubectl.apply(resource.replace("{account: analytics}", other));
                assertThat(rejection.exitCode()).isNotZero();
                assertThat(rejection.stderr()).contains("account is immutable");
            }
        } finally {
            kubectl.get("delete", "iamsa", NAME, "--namespace", "default");
        }
    }
}
