package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.irsa.kubectl.plan.InvalidFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerraformStateTest {
    private static final String PROVIDER =
            "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A";

    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRoleWithWebIdentity"],
             "Principal": {"Federated": ["%s"]}, "Condition": {"StringEquals": {
               "oidc.eks.eu-west-1.amazonaws.com/id/A:sub": "system:serviceaccount:payments:invoices"}}}]}""".formatted(PROVIDER);

    private static final String EC2 = """
            {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"Service": "ec2.amazonaws.com"}}}""";

    @Test
    void findsRoleOfModuleWithItsAttachmentsAndPolicies() throws InvalidFile {
        String module = "module.irsa[\"payments\"]";
        TerraformState state = parse(
                resource(module, "aws_iam_policy", "this", index("0", "{\"arn\": \"arn:p1\", \"name\": \"p1\"}")),
                resource(module, "aws_iam_policy", "other", index("0", "{\"arn\": \"arn:p9\", \"name\": \"p9\"}")),
                resource(module, "aws_iam_role", "this", index("0", role("invoices", TRUST))),
                resource(
                        module,
                        "aws_iam_role_policy",
                        "inline",
                        index("0", "{\"role\": \"invoices\", \"name\": \"i\"}")),
                resource(
                        module,
                        "aws_iam_role_policy_attachment",
                        "additional",
                        index("\"s3\"", "{\"role\": \"invoices\", \"policy_arn\": \"arn:aws:iam::aws:policy/P\"}"),
                        index("\"own\"", "{\"role\": \"invoices\", \"policy_arn\": \"arn:p1\"}")),
                resource(
                        module,
                        "aws_iam_role_policy_attachment",
                        "ledger",
                        "{\"attributes\": {\"role\": \"ledger\", \"policy_arn\": \"arn:p9\"}}"));

        assertThat(state.leftOut()).isEmpty();
        assertThat(state.roles())
                .containsExactly(new TerraformRole(
                        module + ".aws_iam_role.this[0]",
                        "arn:aws:iam::111122223333:role/teams/invoices",
                        TRUST,
                        List.of(
                                module + ".aws_iam_role_policy_attachment.additional[\"s3\"]",
                                module + ".aws_iam_role_policy_attachment.additional[\"own\"]",
                                module + ".aws_iam_role_policy.inline[0]",
                                module + ".aws_iam_policy.this[0]")));
    }

    @Test
    void findsExclusiveResourcesBeforeAttachments() throws InvalidFile {
        TerraformState state = parse(
                resource("", "aws_iam_policy", "p", "{\"attributes\": {\"arn\": \"arn:p\"}}"),
                resource("", "aws_iam_role_policy_attachment", "a", attributes("\"role\": \"invoices\"")),
                resource("", "aws_iam_policy_attachment", "all", attributes("\"roles\": [\"ledger\", \"invoices\"]")),
                resource("", "aws_iam_policy_attachment", "ledger", attributes("\"roles\": [\"ledger\"]")),
                resource(
                        "",
                        "aws_iam_role_policy_attachments_exclusive",
                        "e",
                        attributes("\"role_name\": \"invoices\", \"policy_arns\": [\"arn:p\"]")),
                resource("", "aws_iam_role_policies_exclusive", "e", attributes("\"role_name\": \"invoices\"")),
                resource("", "aws_iam_role", "invoices", "{\"attributes\": " + role("invoices", TRUST) + "}"));

        assertThat(state.roles().getFirst().related())
                .containsExactly(
                        "aws_iam_role_policies_exclusive.e",
                        "aws_iam_role_policy_attachments_exclusive.e",
                        "aws_iam_policy_attachment.all",
                        "aws_iam_role_policy_attachment.a",
                        "aws_iam_policy.p");
    }

    @Test
    void findsPolicyThatTheRoleItselfLists() throws InvalidFile {
        TerraformState state = parse(
                resource("", "aws_iam_policy", "p", attributes("\"arn\": \"arn:p\"")),
                resource("", "aws_iam_role", "r", attributes("\"name\": \"r\", \"managed_policy_arns\": [\"arn:p\"]")));

        assertThat(state.roles().getFirst().related()).containsExactly("aws_iam_policy.p");
        assertThat(state.roles().getFirst().addresses()).containsExactly("aws_iam_policy.p", "aws_iam_role.r");
    }

    @Test
    void separatesRolesOfTheSameNameByProvider() throws InvalidFile {
        String production = "provider[\\\"aws\\\"].production";
        TerraformState state = TerraformState.parse(
                "f",
                state(
                        resource("", "aws_iam_role", "a", attributes("\"name\": \"r\"")),
                        resource("", "aws_iam_role", "b", attributes("\"name\": \"r\""))
                                .replace("registry", production),
                        resource("", "aws_iam_role_policy", "a", attributes("\"role\": \"r\"")),
                        resource("", "aws_iam_role_policy", "b", attributes("\"role\": \"r\""))
                                .replace("registry", production)));

        assertThat(state.roles())
                .extracting(TerraformRole::related)
                .containsExactly(List.of("aws_iam_role_policy.a"), List.of("aws_iam_role_policy.b"));
    }

    @Test
    void readsSubjectsOnlyOfRolesThatAnOidcProviderMayAssume() throws InvalidFile {
        String denied = TRUST.replace("Allow", "Deny");
        TerraformState state = parse(
                resource(
                        "",
                        "aws_iam_role",
                        "irsa",
                        attributes("\"name\": \"a\", \"assume_role_policy\": " + text(TRUST))),
                resource(
                        "",
                        "aws_iam_role",
                        "node",
                        attributes("\"name\": \"b\", \"assume_role_policy\": " + text(EC2))),
                resource(
                        "",
                        "aws_iam_role",
                        "deny",
                        attributes("\"name\": \"c\", \"assume_role_policy\": " + text(denied))),
                resource("", "aws_iam_role", "text", attributes("\"name\": \"d\", \"assume_role_policy\": \"{\"")),
                resource("", "aws_iam_role", "none", attributes("\"name\": \"e\", \"assume_role_policy\": null")));

        assertThat(state.roles()).hasSize(5);
        assertThat(state.roles())
                .filteredOn(role -> !role.subjects(PROVIDER).isEmpty())
                .singleElement()
                .satisfies(role -> {
                    assertThat(role.address()).isEqualTo("aws_iam_role.irsa");
                    assertThat(role.subjects(PROVIDER)).containsExactly("system:serviceaccount:payments:invoices");
                });
    }

    @Test
    void leavesOutWhatIsNotReady() throws InvalidFile {
        String attributes = "\"attributes\": {\"name\": \"r\", \"password\": \"hunter2\"}";
        TerraformState state = parse(
                resource("", "aws_iam_role", "data", "{" + attributes + "}").replace("managed", "data"),
                resource("", "aws_db_instance", "db", "{" + attributes + "}"),
                resource("", "aws_iam_role", "tainted", "{\"status\": \"tainted\", " + attributes + "}"),
                resource("", "aws_iam_role", "old", "{\"deposed\": \"0a1b2c3d\", " + attributes + "}"),
                resource("", "aws_iam_role", "flat", "{\"attributes_flat\": {\"name\": \"r\"}}"),
                resource("", "aws_iam_role", "unnamed", "{\"attributes\": {\"name\": null}}"));

        assertThat(state.roles()).isEmpty();
        assertThat(state.leftOut())
                .satisfiesExactly(
                        note -> assertThat(note).startsWith("aws_iam_role.tainted: tainted, "),
                        note -> assertThat(note).startsWith("aws_iam_role.old: deposed, "),
                        note -> assertThat(note).startsWith("aws_iam_role.flat: without attributes"),
                        note -> assertThat(note).startsWith("aws_iam_role.unnamed: without a name"))
                .noneSatisfy(note -> assertThat(note).contains("hunter2"));
    }

    @Test
    void writesAddressesAsTerraformDoes() {
        JsonNodeFactory json = JsonNodeFactory.instance;

        assertThat(TerraformResource.address("", "aws_iam_role", "a", json.missingNode()))
                .isEqualTo("aws_iam_role.a");
        assertThat(TerraformResource.address("module.x", "aws_iam_role", "a", json.numberNode(3)))
                .isEqualTo("module.x.aws_iam_role.a[3]");
        assertThat(TerraformResource.address("", "aws_iam_role", "a", json.textNode("it's \"${x}\" \\ %{y}\n")))
                .isEqualTo("aws_iam_role.a[\"it's \\\"$${x}\\\" \\\\ %%{y}\\n\"]");
    }

    @Test
    void refusesWhatIsNotAState() {
        assertError("", "prod.tfstate is not a Terraform state; use the output of terraform state pull");
        assertError("[]", "prod.tfstate is not a Terraform state");
        assertError("{\"resources\": []}", "prod.tfstate is not a Terraform state");
        assertError("{\"version\": \"4\"}", "prod.tfstate is not a Terraform state");
        assertError(
                "{\"version\": 3, \"modules\": []}",
                "prod.tfstate is a Terraform state of version 3, and only version 4");
        assertError("{\"version\": 5}", "prod.tfstate is a Terraform state of version 5");
        assertError("{\"format_version\": \"1.0\"}", "prod.tfstate is the output of terraform show");
        assertError(
                "{\"version\": 4, \"encrypted_data\": \"c2VjcmV0\"}",
                "prod.tfstate is encrypted; use the output of tofu");
        assertError("{\"version\": 4, \"resources\": {}}", "prod.tfstate: resources: must be a list");
        assertError("{\"version\": 4, \"resources\": [1]}", "prod.tfstate: resources[0]: must be an object");
        assertError("[".repeat(5000), "prod.tfstate is not valid JSON");
    }

    @Test
    void doesNotQuoteSecretsInErrors() {
        String secret = "wJalrXUtnFEMI";
        assertThatThrownBy(() -> TerraformState.parse("f", "{\"version\": 4,\n \"a\": " + secret + "}"))
                .hasMessageStartingWith("f is not valid JSON at line 2, column ")
                .hasMessageNotContaining(secret);
        assertThatThrownBy(() -> TerraformState.parse("f", secret)).hasMessageNotContaining(secret);
        assertThatThrownBy(() -> TerraformState.parse("f", "{\"version\": 4, \"resources\": \"" + secret + "\"}"))
                .hasMessageNotContaining(secret);
    }

    private static void assertError(String text, String message) {
        assertThatThrownBy(() -> TerraformState.parse("prod.tfstate", text))
                .isInstanceOf(InvalidFile.class)
                .hasMessageStartingWith(message);
    }

    private static TerraformState parse(String... resources) throws InvalidFile {
        return TerraformState.parse("prod.tfstate", state(resources));
    }

    private static String state(String... resources) {
        return "{\"version\": 4, \"terraform_version\": \"1.9.8\", \"serial\": 7, \"resources\": ["
                + String.join(",\n", resources) + "]}";
    }

    private static String resource(String module, String type, String name, String... instances) {
        String inModule = module.isEmpty() ? "" : "\"module\": " + text(module) + ", ";
        return "{" + inModule + "\"mode\": \"managed\", \"type\": \"" + type + "\", \"name\": \"" + name
                + "\", \"provider\": \"registry\", \"instances\": [" + String.join(",", instances) + "]}";
    }

    private static String index(String key, String attributes) {
        return "{\"index_key\": " + key + ", \"schema_version\": 0, \"attributes\": " + attributes + "}";
    }

    private static String attributes(String fields) {
        return "{\"attributes\": {" + fields + "}}";
    }

    private static String role(String name, String trust) {
        return "{\"name\": \"" + name + "\", \"path\": \"/teams/\", \"arn\": \"arn:aws:iam::111122223333:role/teams/"
                + name + "\", \"assume_role_policy\": " + text(trust) + "}";
    }

    private static String text(String value) {
        return JsonNodeFactory.instance.textNode(value).toString();
    }
}
