package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.Requirements;
import dev.irsa.fixtures.entitlement.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequirementRulesTest {
    private static final String REQUIRE = """
            namespaceSelector: {}
            require:
              managedPolicies: [Baseline, "arn:aws:iam::111122223333:policy/deny"]
              tags:
              - {key: cost-center, value: "4711"}
              - {key: team, namespaceLabel: team, values: [pay*, ledger]}
              - {key: namespace, namespaceLabel: kubernetes.io/metadata.name}
            """;
    private static final Entitlement ENTITLEMENT = Platform.entitlement("team", REQUIRE);
    private static final RequestingNamespace LABELED =
            new RequestingNamespace("payments", Map.of("team", "payments", "kubernetes.io/metadata.name", "payments"));

    @Test
    void readsPoliciesAndTagsAlsoFromLabels() {
        Requirements requirements = ENTITLEMENT.requirements(LABELED);

        assertThat(requirements.entitlement()).isEqualTo("team");
        assertThat(requirements.managed())
                .containsExactly("arn:aws:iam::111122223333:policy/deny", "arn:aws:iam::aws:policy/Baseline");
        assertThat(requirements.tags())
                .containsExactly(
                        Map.entry("cost-center", "4711"),
                        Map.entry("namespace", "payments"),
                        Map.entry("team", "payments"));
    }

    @Test
    void isADifferentVersionOnceTheLabelChanges() {
        Requirements before = ENTITLEMENT.requirements(LABELED);
        Requirements after = ENTITLEMENT.requirements(LABELED.with(Map.of()));

        assertThat(ENTITLEMENT.version(before)).isEqualTo(ENTITLEMENT.version(after));
        assertThat(ENTITLEMENT.version(before))
                .isNotEqualTo(ENTITLEMENT.version(
                        ENTITLEMENT.requirements(new RequestingNamespace("payments", Map.of("team", "ledger")))));
    }

    @Test
    void allowsASpecThatNamesWhatIsRequired() {
        assertThat(objections("""
                policies: {managed: [Baseline]}
                role: {tags: {Cost-Center: "4711", team: payments}}
                """)).isEmpty();
    }

    @Test
    void deniesAnotherValueOfARequiredTag() {
        assertThat(objections("{role: {tags: {cost-center: '1', TEAM: ledger}}}"))
                .containsExactly(
                        "role.tags has cost-center=1 instead of the required \"4711\"",
                        "role.tags has team=ledger instead of the required \"payments\"");
    }

    @Test
    void takesALookalikeOfARequiredTagForAnotherTag() {
        assertThat(objections("{role: {tags: {co\u017Ft-center: '4711'}}}"))
                .singleElement()
                .asString()
                .contains("co\u017Ft-center");
    }

    @Test
    void deniesANamespaceWithoutTheLabelOrWithAnotherValue() {
        String noTeam = "it takes the tag team of each role from the label team, ";

        assertThat(ENTITLEMENT.objections(Platform.request("{}"), Platform.UNLABELED))
                .first()
                .isEqualTo(noTeam + "which namespace payments does not have; ask a platform engineer to set the label");
        assertThat(ENTITLEMENT.objections(
                        Platform.request("{}"),
                        new RequestingNamespace(
                                "payments", Map.of("team", "admin", "kubernetes.io/metadata.name", "payments"))))
                .containsExactly(noTeam + "and \"admin\" is not in its values in require.tags; correct the label of"
                        + " namespace payments, or ask a platform engineer to allow the value");
    }

    @Test
    void requiresNothingOfARoleOfOthers() {
        Entitlement entitlement = Platform.entitlement(
                "team", REQUIRE + "allow: {externalRoleARNs: ['arn:aws:iam::111122223333:role/a']}\n");

        assertThat(entitlement.objections(
                        Platform.request("{externalRole: {arn: 'arn:aws:iam::111122223333:role/a'}}"),
                        Platform.UNLABELED))
                .isEmpty();
    }

    @Test
    void deniesMoreTagsThanARoleCanHave() {
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 38; i++) {
            tags.append("t").append(i).append(": x, ");
        }
        Entitlement entitlement =
                Platform.entitlement("team", REQUIRE + "allow: {tags: [{key: '*', values: ['*']}]}\n");

        assertThat(entitlement.objections(Platform.request("{role: {tags: {" + tags + "}}}"), LABELED))
                .containsExactly(
                        "the role would have 41 tags with those that require.tags adds, and a role can have 40;"
                                + " remove 1 from role.tags");
    }

    @Test
    void isInvalidWithWhatNoRoleCanHave() {
        assertThat(problems("permissionsBoundaryARN: 'arn:aws:iam::999999999999:policy/b'"))
                .containsExactly(
                        "require.permissionsBoundaryARN arn:aws:iam::999999999999:policy/b is not in the account"
                                + " of the roles (111122223333, partition aws); choose a policy of that account");
        assertThat(problems("managedPolicies: ['arn:aws:iam::999999999999:policy/b']"))
                .containsExactly("require.managedPolicies arn:aws:iam::999999999999:policy/b is not in the account"
                        + " of the roles (111122223333, partition aws); choose a policy of that account");
        assertThat(problems("tags: [{key: a, value: x}, {key: A, value: y}]"))
                .containsExactly(
                        "require.tags has the key A twice; tag keys are not case-sensitive; remove one of them");
        assertThat(problems("tags: [{key: irsa.dev/x, value: x}]"))
                .singleElement()
                .asString()
                .startsWith("require.tags irsa.dev/x: the prefix irsa.dev/ is reserved");
        assertThat(problems("tags: [{key: team}]"))
                .as("the schema refuses it, but a file is read without the schema")
                .containsExactly("require.tags team needs either value or namespaceLabel; set one of them");
        assertThat(problems("tags: [{key: team, namespaceLabel: team}]"))
                .containsExactly("require.tags team needs values, because users may set the label team; list the values"
                        + " that the label may have");
    }

    private static List<String> problems(String require) {
        return Platform.entitlement("team", "{namespaceSelector: {}, require: {" + require + "}}")
                .problems();
    }

    private static List<String> objections(String spec) {
        return ENTITLEMENT.objections(Platform.request(spec), LABELED);
    }
}
