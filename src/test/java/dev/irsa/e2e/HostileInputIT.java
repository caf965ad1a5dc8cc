package dev.irsa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.machine.Command;
import dev.irsa.machine.ControlPlane;
import dev.irsa.machine.FaultProxy;
import dev.irsa.machine.Kubectl;
import dev.irsa.machine.Moto;
import dev.irsa.machine.OperatorProcess;
import dev.irsa.machine.SharedMachine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the API server takes from a user who wishes the operator ill, and what AWS might answer: it is refused in a
 * sentence, and the neighbours are served all the same.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {
    private static final int LIMIT = 1024;

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = world.launch().startReady();
    }

    @AfterAll
    void stop() {
        world.proxy().clear();
        operator.close();
        Log.assertNoStackTrace(operator.log());
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 1_100, 9_900})
    void aDocumentOfManyLevelsHarmsNobodyElse(int levels) {
        harmless("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                + "\"Resource\":\"*\",\"Condition\":" + "{\"a\":".repeat(levels) + "1" + "}".repeat(levels) + "}]}");
    }

    @Test
    void oneThatIsThereBeforeTheOperatorHarmsNobodyElse() {
        operator.close();
        Log.assertNoStackTrace(operator.log());
        String namespace = world.namespace();
        create(namespace, "{\"a\":".repeat(9_900) + "1" + "}".repeat(9_900)).orThrow();

        operator = world.launch().startReady();

        Applied hostile = new Applied(world, namespace, "hostile");
        assertThat(hostile.awaitReason("InvalidSpec")).contains("more levels");
        hostile.delete().awaitGone();
    }

    @ParameterizedTest
    @ValueSource(ints = {40_000, 300_000})
    void aDocumentWithALongKeyHarmsNobodyElse(int length) {
        harmless("{\"Version\":\"2012-10-17\",\"Statement\":[],\"" + "k".repeat(length) + "\":1}");
    }

    @Test
    void aDocumentOfManyKeysHarmsNobodyElse() {
        harmless(IntStream.range(0, 50_000)
                .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":1")
                .collect(Collectors.joining(",", "{", "}")));
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 1_000_000})
    void aLongDocumentHarmsNobodyElse(int length) {
        harmless("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                + "\"Resource\":\"arn:aws:s3:::" + "*?".repeat(length / 2) + "\"}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1e308",
                "-0",
                "123456789012345678901234567890",
                "0.1000000000000000055511151231257827",
                "null",
                "[[[]]]",
                "`\"\\u0000\\u001b[31m\\u202e\\ud83d\\ude00\"`",
                "`\"\\ud800\"`",
                "`\"%{(${jndi:ldap://x}\"`",
            })
    void oddValuesHarmNobodyElse(String value) {
        harmless("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                + "\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"a:b\":" + value + "}}}],\"Id\":" + value
                + "}");
    }

    private Command.Result create(String namespace, String document) {
        return world.kubectl()
                .run(
                        "{\"apiVersion\":\"irsa.dev/v1alpha1\",\"kind\":\"IamServiceAccount\",\"metadata\":{\"namespace\":\""
                                + namespace + "\",\"name\":\"hostile\"},\"spec\":{\"policies\":{\"inline\":[{\"name\":"
                                + "\"read\",\"document\":" + document + "}]}}}",
                        List.of("create", "--validate=false", "-f", "-"));
    }

    private void harmless(String document) {
        String namespace = world.namespace();
        Command.Result taken = create(namespace, document);
        Applied neighbour = Applied.smallest(world, "neighbour").awaitReady();
        if (taken.exitCode() == 0) {
            Applied hostile = new Applied(world, namespace, "hostile");
            hostile.await("is told something")
                    .until(() -> !hostile.ready("reason").isEmpty());
            System.out.println(hostile.ready("reason") + ": " + hostile.ready("message"));
            hostile.delete().awaitGone();
        }
        neighbour.delete().awaitGone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9\ud83d\ude00 ", "&#10;&#9;\u202e\u2066 ", "&lt;script&gt;%s%n$(x) "})
    void aMegabyteOfWordsFromAwsIsCutToWhatAnEventHolds(String words) {
        world.proxy().faults().on("iam:CreateRole").fail(400, "InvalidInput", words.repeat(1_000_000 / words.length()));
        Applied resource = Applied.smallest(world, "invoices");

        String message = resource.awaitReason("InvalidSpec");

        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMIT);
        assertThat(message.codePoints()).noneMatch(Character::isISOControl);
        assertThat(resource.events("InvalidSpec")).hasSize(1);
        world.proxy().clear();
        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}").awaitReady();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "&#1;", "<b>"})
    void wordsThatAreNotXmlAreNoAnswerAndTriedAgain(String words) {
        world.proxy().faults().on("iam:CreateRole").times(1).fail(400, "InvalidInput", words);
        Applied.smallest(world, "invoices").awaitReady();
    }

    @Test
    void labelsAndAnnotationsOfAnyKindAreNoConcern() {
        String namespace = world.namespace();
        world.kubectl()
                .apply("""
                        apiVersion: irsa.dev/v1alpha1
                        kind: IamServiceAccount
                        metadata:
                          namespace: %s
                          name: a.%s.b
                          labels: {"x.example.com/%s": "%s"}
                          annotations:
                            "kubectl.kubernetes.io/last-applied-configuration": "not json \\u202e"
                            "x/big": "%s"
                        spec: {role: {description: "\\u00e9 ok"}}
                        """.formatted(
                                namespace, "c".repeat(50), "k".repeat(63), "v".repeat(63), "\\u0000".repeat(30_000)))
                .orThrow();
        world.awaitReady(namespace, "a." + "c".repeat(50) + ".b");
    }
}
