package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.maker.Maker;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.RoleImport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandOverGuideTest {
    private static final String STACK = "eksctl-production-addon-iamserviceaccount-payments-invoices";

    private static final Map<String, String> STACK_TAGS = Map.of(
            "aws:cloudformation:stack-name",
            STACK,
            "aws:cloudformation:stack-id",
            "arn:aws:cloudformation:eu-west-1:111122223333:stack/" + STACK + "/8d1c",
            "aws:cloudformation:logical-id",
            "Role1",
            "alpha.eksctl.io/cluster-name",
            "production");

    @Test
    void deletesTheStackOfEksctlAfterItRetainsTheRole() {
        String guide = HandOverGuide.of(List.of(role("invoices", Maker.EKSCTL, STACK_TAGS, List.of())));

        assertThat(guide)
                .containsSubsequence(
                        "## Namespace payments",
                        "### eksctl",
                        "**Do this only when the operator manages the role.**",
                        "kubectl get iamserviceaccount --namespace payments invoices-sa",
                        "`eksctl delete iamserviceaccount` deletes the stack with the role",
                        "aws cloudformation get-template --region eu-west-1 --stack-name " + STACK
                                + " --query TemplateBody --output json",
                        ".Resources |= map_values(.DeletionPolicy = \"Retain\"",
                        "> " + STACK + ".json",
                        "aws cloudformation update-stack --region eu-west-1 --stack-name " + STACK,
                        "--template-body file://" + STACK + ".json --capabilities CAPABILITY_NAMED_IAM",
                        "aws cloudformation wait stack-update-complete --region eu-west-1 --stack-name " + STACK,
                        "jq -e",
                        "aws cloudformation update-termination-protection --region eu-west-1 --stack-name " + STACK
                                + " --no-enable-termination-protection",
                        "aws cloudformation delete-stack --region eu-west-1 --stack-name " + STACK,
                        "aws cloudformation wait stack-delete-complete --region eu-west-1 --stack-name " + STACK,
                        "aws iam get-role --role-name invoices",
                        "kubectl label serviceaccount --namespace payments invoices-sa app.kubernetes.io/managed-by-",
                        "#### Way back",
                        "\"deletionPolicy\":\"Retain\"",
                        "kubectl delete iamserviceaccount --namespace payments invoices-sa",
                        "eksctl create iamserviceaccount --cluster production --namespace payments --name invoices-sa",
                        "--attach-role-arn arn:aws:iam::111122223333:role/invoices "
                                + "--override-existing-serviceaccounts --approve");
    }

    @Test
    void retainsResourcesOfStackBeforeTheyAreRemoved() {
        String guide = HandOverGuide.of(List.of(role("invoices", Maker.CLOUDFORMATION, STACK_TAGS, List.of())));

        assertThat(guide)
                .containsSubsequence(
                        "### CloudFormation or the AWS CDK",
                        "A role does not show whether the AWS CDK wrote the template",
                        "(`Role1`)",
                        "describe-stack-resources --region eu-west-1",
                        "applyRemovalPolicy(RemovalPolicy.RETAIN)",
                        "Remove them from the template",
                        "aws iam get-role")
                .doesNotContain("delete-stack");
    }

    @Test
    void removesModuleFromTerraformWithOneBlock() {
        String guide = HandOverGuide.of(List.of(role(
                "invoices",
                Maker.TERRAFORM,
                Map.of(),
                List.of(
                        "module.irsa.aws_iam_role_policy_attachment.additional[\"s3\"]",
                        "module.irsa.aws_iam_role.this[0]",
                        "aws_iam_policy.extra"))));

        assertThat(guide)
                .containsSubsequence(
                        "key_prefixes = [\"irsa.dev/\"]",
                        "terraform state pull > state-backup.json",
                        "removed {\n  from = module.irsa\n\n  lifecycle {\n    destroy = false\n  }\n}",
                        "removed {\n  from = aws_iam_policy.extra\n",
                        "terraform state rm 'module.irsa.aws_iam_role_policy_attachment.additional[\"s3\"]'",
                        "terraform state rm 'module.irsa.aws_iam_role.this[0]'",
                        "terraform plan -out=hand-over.plan",
                        "terraform import 'module.irsa.aws_iam_role.this[0]' invoices")
                .containsOnlyOnce("from = module.irsa\n");
    }

    @Test
    void removesInstancesFromTheStateOfTerraform() {
        String guide = HandOverGuide.of(List.of(role(
                "invoices",
                Maker.TERRAFORM,
                Map.of(),
                List.of("module.irsa[\"payments\"].aws_iam_role.this[0]", "aws_iam_policy.extra"))));

        assertThat(guide)
                .containsSubsequence(
                        "terraform state rm 'module.irsa[\"payments\"].aws_iam_role.this[0]'",
                        "terraform state rm aws_iam_policy.extra",
                        "terraform plan")
                .doesNotContain("removed {");
    }

    @Test
    void findsTheAddressOfRoleThatIsInNoKnownState() {
        assertThat(HandOverGuide.of(List.of(role("invoices", Maker.TERRAFORM, Map.of(), List.of()))))
                .contains("--from-terraform-state FILE", "terraform state list -id=invoices");
    }

    @Test
    void keepsTheServiceAccountThatIrsaControllerOwns() {
        assertThat(HandOverGuide.of(List.of(role("invoices", Maker.IRSA_CONTROLLER, Map.of(), List.of()))))
                .containsSubsequence(
                        "patch iamroleserviceaccounts.irsa.domc.me --namespace payments invoices-sa",
                        "delete iamroleserviceaccounts.irsa.domc.me --namespace payments invoices-sa --cascade=orphan");
    }

    @Test
    void usesTheApiGroupOfCrossplaneProvider() {
        Map<String, String> tags = Map.of("crossplane-kind", "role.iam.aws.m.upbound.io");

        assertThat(HandOverGuide.of(List.of(role("invoices", Maker.CROSSPLANE, tags, List.of()))))
                .containsSubsequence(
                        "roles.iam.aws.m.upbound.io,rolepolicies.iam.aws.m.upbound.io,",
                        "\"managementPolicies\":[\"Observe\"]",
                        "kubectl delete \"$kind.iam.aws.m.upbound.io\"");
    }

    @Test
    void groupsRolesByNamespaceAndMaker() {
        String guide = HandOverGuide.of(List.of(
                role("z", Maker.UNKNOWN, Map.of(), List.of()),
                role("b", Maker.ACK, Map.of(), List.of()),
                role("a", Maker.ACK, Map.of(), List.of()),
                role(
                        new AccountKey("billing", "c"),
                        "c",
                        new RoleMaker(Maker.KOPS, true, List.of()),
                        Map.of("KubernetesCluster", "k.example.com"),
                        List.of())));

        assertThat(headings(guide, "## ")).containsExactly("## Namespace billing", "## Namespace payments");
        assertThat(headings(guide, "### "))
                .containsExactly("### kops", "### ACK", "### Unknown maker, or created by hand");
        assertThat(guide).contains("kubectl get iamserviceaccount --namespace payments a-sa b-sa\n");
    }

    @Test
    void admitsThatTheMakerIsUnknown() {
        assertThat(HandOverGuide.of(List.of(role("invoices", Maker.UNKNOWN, Map.of(), List.of()))))
                .contains("The maker of these roles is unknown", "aws cloudtrail lookup-events --region us-east-1");
    }

    @Test
    void showsOnWhatTheMakerRests() {
        RoleMaker guessed = new RoleMaker(Maker.TERRAFORM, false, List.of("tag ManagedBy=terraform of the role"));
        AccountKey account = new AccountKey("payments", "invoices");

        assertThat(HandOverGuide.of(List.of(role(account, "invoices", guessed, Map.of(), List.of()))))
                .contains("| probably Terraform: `tag ManagedBy=terraform of the role` |");
    }

    @Test
    void saysThatNothingWasImported() {
        assertThat(HandOverGuide.of(List.of())).contains("No role was imported.");
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void beginsEachSectionWithTheCheckAndEndsWithTheWayBack(Maker maker) {
        String guide = HandOverGuide.of(List.of(role("invoices", maker, STACK_TAGS, List.of("aws_iam_role.this"))));

        assertThat(guide).doesNotContain("{{");

        if (maker == Maker.OPERATOR || maker == Maker.OTHER_RESOURCE) {
            assertThat(guide).contains("There is nothing to hand over.").doesNotContain("aws iam");
        } else {
            assertThat(guide).containsSubsequence("READY must be `True`", "#### Way back", "aws iam untag-role");
        }
    }

    /** The commands of every maker stay one word for each value, and no value ends a block of code or a table row. */
    @ParameterizedTest
    @EnumSource(Maker.class)
    void quotesHostileValues(Maker maker) {
        String hostile = "x'; touch /tmp/pwned; '\n```\n# `id` $(id) | \u202E";
        Map<String, String> tags =
                new TreeMap<>(Map.of("aws:cloudformation:stack-id", hostile, "crossplane-kind", hostile));
        Stream.of("aws:cloudformation:stack-name", "alpha.eksctl.io/cluster-name", "KubernetesCluster")
                .forEach(key -> tags.put(key, hostile));
        ImportedAccount role = role(
                new AccountKey(hostile, hostile),
                hostile,
                new RoleMaker(maker, true, List.of(hostile)),
                tags,
                List.of("module." + hostile + ".aws_iam_role.this"));

        String guide = HandOverGuide.of(List.of(role));

        assertThat(guide).doesNotContain("\u202E").doesNotContain("\n# `id`");
        assertThat(guide.lines().filter(line -> line.startsWith("```")).count() % 2)
                .isZero();
        assertThat(shellLines(guide))
                .allSatisfy(line -> assertThat(unquoted(line)).doesNotContain("; touch", "$(id)"));
    }

    private static List<String> headings(String guide, String prefix) {
        return guide.lines().filter(line -> line.startsWith(prefix)).toList();
    }

    private static List<String> shellLines(String guide) {
        return Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
    }

    /** Removes what bash treats as literal: {@code $'…'}, with escapes, and {@code '…'}. */
    private static String unquoted(String line) {
        return line.replaceAll("\\$'(?:[^'\\\\]|\\\\.)*'", "").replaceAll("'[^']*'", "");
    }

    private static ImportedAccount role(String name, Maker maker, Map<String, String> tags, List<String> addresses) {
        return role(
                new AccountKey("payments", name + "-sa"), name, new RoleMaker(maker, true, List.of()), tags, addresses);
    }

    private static ImportedAccount role(
            AccountKey account, String name, RoleMaker maker, Map<String, String> tags, List<String> addresses) {
        PolicyDocument document = PolicyDocument.parse("{\"Statement\":[]}");
        ObservedRole role = Imports.live(name).role().withTags(new TreeMap<>(tags));
        LiveRole live = new LiveRole(
                role,
                document,
                new TreeSet<>(Set.of("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")),
                new TreeMap<>(Map.of("inline", document)));
        return new ImportedAccount(
                ImportCandidate.without(account, role.arn()).at(addresses),
                maker,
                Optional.of(live),
                new RoleImport.Importable(Imports.spec(name, Map.of()), List.of()),
                Optional.empty());
    }
}
