package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportCandidatesTest {
    private static final AwsAccount ACCOUNT = new AwsAccount("aws", "111122223333", "");
    private static final String ISSUER = "oidc.example.com";
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
    private static final Found NONE = new Found(new TreeMap<>(), List.of());

    private final List<String> warnings = new ArrayList<>();
    private final ImportCandidates candidates =
            new ImportCandidates(account -> !account.namespace().equals("other"), warnings::add);

    private static Workload account(String namespace, String name, String arn) {
        return new Workload(
                namespace,
                name,
                new TreeMap<>(),
                new TreeMap<>(Map.of("eks.amazonaws.com/role-arn", arn)),
                new TreeMap<>());
    }

    private static TerraformState state(String name, String subject) {
        String trust = """
                {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "%s"}, "Condition": {"StringEquals": {"oidc.example.com:sub": "%s"}}}}""".formatted(PROVIDER, subject);
        return new TerraformState(
                List.of(new TerraformRole(
                        "aws_iam_role." + name, Imports.ARN + name, trust, List.of("aws_iam_policy.p"))),
                List.of());
    }

    private List<ImportCandidate> resolved() {
        return candidates.resolved(NONE);
    }

    @Test
    void leavesOutWhatTheUserDoesNotAskAbout() {
        candidates.add(
                List.of(account("shop", "cart", Imports.ARN + "cart"), account("other", "cart", Imports.ARN + "x")));
        candidates.add(state("x", "system:serviceaccount:other:late"), ACCOUNT, ISSUER);

        assertThat(resolved()).extracting(ImportCandidate::account).containsExactly(new AccountKey("shop", "cart"));
        assertThat(candidates.wanted().test("cart", Map.of())).isTrue();
        assertThat(candidates.wanted().test("x", Map.of())).isFalse();
    }

    @Test
    void knowsAddressesOfRoleInTerraformState() {
        candidates.add(List.of(account("shop", "cart", Imports.ARN + "cart")));
        candidates.add(state("cart", "system:serviceaccount:shop:cart"), ACCOUNT, ISSUER);
        candidates.add(state("late", "system:serviceaccount:shop:late"), ACCOUNT, ISSUER);

        assertThat(resolved())
                .extracting(candidate -> candidate.account().name() + " " + candidate.addresses() + " "
                        + candidate.live().isPresent())
                .containsExactly(
                        "cart [aws_iam_policy.p, aws_iam_role.cart] true",
                        "late [aws_iam_policy.p, aws_iam_role.late] false");
        assertThat(warnings).isEmpty();
    }

    /** The state cannot replace the role that the annotation names. */
    @Test
    void keepsAnnotatedRoleIfStateHasAnotherForTheServiceAccount() {
        candidates.add(List.of(account("shop", "cart", Imports.ARN + "cart")));
        candidates.add(state("other", "system:serviceaccount:shop:cart"), ACCOUNT, ISSUER);

        assertThat(resolved()).singleElement().satisfies(candidate -> {
            assertThat(candidate.roleArn()).isEqualTo(Imports.ARN + "cart");
            assertThat(candidate.addresses()).isEmpty();
        });
        assertThat(warnings).singleElement().asString().startsWith("aws_iam_role.other is not imported: ");
    }

    /** The names become names of files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:serviceaccount:../../etc:cart",
                "system:serviceaccount:shop:../../../x",
                "system:serviceaccount:shop:*",
                "system:serviceaccount:shop:",
                "system:serviceaccount:Shop:cart",
                "system:serviceaccount:shop:a/b",
                "system:serviceaccount:a.b:cart",
                "system:serviceaccount:shop:cart:x",
                "repo:acme/shop:main"
            })
    void refusesSubjectThatIsNoServiceAccount(String subject) {
        candidates.add(state("cart", subject), ACCOUNT, ISSUER);

        assertThat(resolved()).isEmpty();
        assertThat(warnings).singleElement().asString().startsWith("aws_iam_role.cart is not imported: ");
    }

    @Test
    void findsTheRoleThatEksctlCreatedForADeclaration() throws InvalidFile {
        candidates.add(declaration());
        Map<String, String> tags =
                Map.of("alpha.eksctl.io/cluster-name", "prod", "alpha.eksctl.io/iamserviceaccount-name", "shop/cart");

        assertThat(resolved()).extracting(ImportCandidate::roleArn).containsExactly("");
        assertThat(candidates.wanted().test("any", tags)).isTrue();
        assertThat(candidates.resolved(found(tags, "any")))
                .extracting(ImportCandidate::roleArn)
                .containsExactly(Imports.ARN + "any");
    }

    /** Users who may tag a role can write the tags of eksctl, so two roles are ambiguous. */
    @Test
    void refusesTwoRolesWithTheSameTagsOfEksctl() throws InvalidFile {
        candidates.add(declaration());
        Map<String, String> tags =
                Map.of("alpha.eksctl.io/cluster-name", "prod", "alpha.eksctl.io/iamserviceaccount-name", "shop/cart");

        assertThat(candidates.resolved(found(tags, "one", "two"))).isEmpty();
        assertThat(warnings).singleElement().asString().contains(Imports.ARN + "one", Imports.ARN + "two");
    }

    @Test
    void refusesInvalidNameInFileOfEksctl() throws InvalidFile {
        candidates.add(EksctlConfig.parse("f", FILE.formatted("../../x")).getFirst());

        assertThat(resolved()).isEmpty();
        assertThat(warnings).singleElement().asString().contains("is not a valid name");
    }

    private static final String FILE = """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: prod, region: eu-west-1}
            iam: {serviceAccounts: [{metadata: {namespace: shop, name: "%s"}, attachPolicyARNs: ["arn:aws:iam::aws:policy/A"]}]}
            """;

    private static EksctlConfig declaration() throws InvalidFile {
        return EksctlConfig.parse("f", FILE.formatted("cart")).getFirst();
    }

    private static Found found(Map<String, String> tags, String... names) {
        TreeMap<String, LiveRole> roles = new TreeMap<>();
        for (String name : names) {
            LiveRole live = Imports.live(name);
            ObservedRole role = live.role();
            roles.put(
                    name,
                    new LiveRole(
                            new ObservedRole(
                                    role.name(),
                                    role.path(),
                                    role.arn(),
                                    role.id(),
                                    role.description(),
                                    role.maxSessionSeconds(),
                                    Optional.empty(),
                                    new TreeMap<>(tags),
                                    role.trust(),
                                    Optional.empty()),
                            live.trust(),
                            live.managed(),
                            live.inline()));
        }
        return new Found(roles, List.of());
    }
}
