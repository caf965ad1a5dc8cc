package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads specs of the resource payments/invoices in the cluster prod, which may adopt roles under /teams/. */
class SpecReaderTest {
    private static final String OWN_PATH = "/irsa/prod/";
    private static final Issuer ISSUER = new Issuer("https://oidc.example.com/id/1");
    private static final ClusterIdentity CLUSTER = cluster("prod", "aws-cn", "irsa-operator");

    @Test
    void addsDefaults() {
        Desired.Valid desired = valid("{}");
        String arn = "arn:aws-cn:iam::111122223333:role/irsa/prod/prod_payments_invoices";

        assertThat(desired.role())
                .isEqualTo(new DesiredRole(
                        new RoleIdentity(
                                "prod_payments_invoices", OWN_PATH, arn, CLUSTER.owner("payments", "invoices")),
                        "",
                        3600,
                        Optional.empty(),
                        CLUSTER.owner("payments", "invoices").tags(),
                        TrustPolicy.of(
                                EnumSet.of(Delivery.IRSA),
                                new TrustTerms(
                                        CLUSTER.account(),
                                        "oidc.example.com/id/1",
                                        Optional.empty(),
                                        "payments",
                                        List.of("invoices"),
                                        "sts.amazonaws.com")),
                        new TreeSet<>(),
                        new TreeMap<>(),
                        RoleOrigin.CREATED,
                        ConfiguredRoleTags.NONE,
                        PolicyProtection.DEFAULT,
                        TemplatePolicies.NONE,
                        RequiredPolicies.NONE));
        assertThat(desired.serviceAccount())
                .isEqualTo(new DesiredServiceAccount(
                        "invoices",
                        Management.CreateOrAnnotate,
                        new TreeMap<>(Map.of("eks.amazonaws.com/role-arn", arn))));
    }

    @Test
    void readsRole() {
        DesiredRole role = valid("""
                {role: {name: mine, path: /irsa/prod/pay/, description: text, maxSessionDurationSeconds: 7200,
                  permissionsBoundaryARN: 'arn:aws-cn:iam::111122223333:policy/b'}}
                """).role();

        assertThat(role.name()).isEqualTo("mine");
        assertThat(role.identity().path()).isEqualTo("/irsa/prod/pay/");
        assertThat(role.identity().arn()).isEqualTo("arn:aws-cn:iam::111122223333:role/irsa/prod/pay/mine");
        assertThat(role.description()).isEqualTo("text");
        assertThat(role.maxSessionSeconds()).isEqualTo(7200);
        assertThat(role.boundary()).contains("arn:aws-cn:iam::111122223333:policy/b");
    }

    @Test
    void readsServiceAccountAndToken() {
        Desired.Valid desired =
                valid("{serviceAccounts: [{name: worker, management: Annotate}], token: {audience: vault}}");

        assertThat(desired.serviceAccount().name()).isEqualTo("worker");
        assertThat(desired.serviceAccount().management()).isEqualTo(Management.Annotate);
        assertThat(desired.serviceAccount().annotations()).containsEntry("eks.amazonaws.com/audience", "vault");
        assertThat(desired.role().trust().text())
                .contains("\"system:serviceaccount:payments:worker\"", "\"oidc.example.com/id/1:aud\":\"vault\"");
    }

    @Test
    void resolvesNamesOfAwsManagedPoliciesInPartition() {
        assertThat(valid("{policies: {managed: [ReadOnlyAccess, 'arn:aws-cn:iam::111122223333:policy/a']}}")
                        .role()
                        .managed())
                .containsExactly("arn:aws-cn:iam::111122223333:policy/a", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess");
    }

    @Test
    void readsInlinePolicies() {
        assertThat(valid("{policies: {inline: [" + policy("a", 1) + "]}}")
                        .role()
                        .inline())
                .isEqualTo(
                        Map.of(
                                "a",
                                PolicyDocument.parse(
                                        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"r\"}}")));
    }

    @Test
    void recordsWhichTagsCameFromSpec() {
        Map<String, String> tags =
                new TreeMap<>(CLUSTER.owner("payments", "invoices").tags());
        tags.put("team", "payments");
        tags.put(UserTags.KEY, UserTags.record(Set.of("team")));

        assertThat(valid("{role: {tags: {team: payments}}}").role().tags()).isEqualTo(tags);
    }

    @ParameterizedTest
    @CsvSource({
        "/irsa/prod/,     Never,    CREATED",
        "/irsa/prod/pay/, Never,    CREATED",
        "/irsa/prod/,     IfOffered, CREATED_OR_ADOPTED",
        "/irsa/prod/pay/, IfOffered, CREATED_OR_ADOPTED",
        "/teams/,         IfOffered, ADOPTED",
        "/teams/pay/,     IfOffered, ADOPTED"
    })
    void createsRolesUnderRolePathOnly(String path, String adoption, RoleOrigin origin) {
        assertThat(valid("{role: {path: " + path + ", adoption: " + adoption + "}}")
                        .role()
                        .origin())
                .isEqualTo(origin);
    }

    @Test
    void refusesPathOutsideRoleAndAdoptionPaths() {
        for (String adoption : new String[] {"Never", "IfOffered"}) {
            assertThat(problem("{role: {path: /irsa/, adoption: " + adoption + "}}"))
                    .isEqualTo(new InvalidSpec(
                            "spec.role.path",
                            "/irsa/ is not under /irsa/prod/, the path of the operator's roles; choose a path under it, or ask"
                                    + " a platform engineer to allow the adoption of role /irsa/prod_payments_invoices"
                                    + " (--adoption-path, --adoption-role); roles that may be adopted now: /teams/*"));
        }
    }

    @Test
    void refusesAdoptionPathUnlessSpecAdopts() {
        assertThat(problem("{role: {path: /teams/}}"))
                .isEqualTo(new InvalidSpec(
                        "spec.role.path",
                        "/teams/ is an adoption path, under which the operator creates no roles; set"
                                + " spec.role.adoption to IfOffered, or choose a path under /irsa/prod/"));
    }

    @Test
    void adoptsRolesThatMatchAPatternOnly() {
        ClusterIdentity adopting = SampleCluster.withAdoption(
                CLUSTER, AdoptionScope.of(Set.of("/teams/"), Set.of("/eksctl-prod-*", "/made/app")));

        for (String role : List.of("{path: /, name: eksctl-prod-a, %s}", "{path: /made/, name: app, %s}")) {
            String spec = "{role: " + role + "}";
            assertThat(((Desired.Valid) read(spec.formatted("adoption: IfOffered"), adopting))
                            .role()
                            .origin())
                    .isEqualTo(RoleOrigin.ADOPTED);
            assertThat(((Desired.Invalid) read(spec.formatted("adoption: Never"), adopting))
                            .failure()
                            .message())
                    .contains("matches --adoption-role, and the operator creates no such roles;"
                            + " set spec.role.adoption to IfOffered, or choose a path under /irsa/prod/");
        }
        assertThat(read("{role: {path: /, name: eksctl-test-a, adoption: IfOffered}}", adopting))
                .isEqualTo(
                        new Desired.Invalid(
                                new InvalidSpec(
                                        "spec.role.path",
                                        "/ is not under /irsa/prod/, the path of the operator's roles; choose a path under it, or ask a"
                                                + " platform engineer to allow the adoption of role /eksctl-test-a (--adoption-path,"
                                                + " --adoption-role); roles that may be adopted now: /teams/*, /eksctl-prod-*, /made/app")));
        for (String role : List.of(
                "{path: /, adoption: IfOffered}",
                "{path: /a/, name: eksctl-prod-a, adoption: IfOffered}",
                "{path: /eksctl-prod-a/, name: a, adoption: IfOffered}",
                "{path: /made/, name: apps, adoption: IfOffered}",
                "{path: /made/app/, name: app, adoption: IfOffered}")) {
            assertThat(read("{role: " + role + "}", adopting)).as(role).isInstanceOf(Desired.Invalid.class);
        }
    }

    /** The name of the role of the operator is refused before anything else, whatever the patterns are. */
    @Test
    void neverAdoptsRoleOfOperator() {
        ClusterIdentity adopting = SampleCluster.withAdoption(CLUSTER, AdoptionScope.of(Set.of(), Set.of("/irsa-*")));

        assertThat(read("{role: {path: /, name: irsa-operator, adoption: IfOffered}}", adopting))
                .isEqualTo(new Desired.Invalid(new InvalidSpec(
                        "spec.role.name", "irsa-operator is the operator's own role; choose another name")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"irsa-operator", "IRSA-Operator"})
    void refusesRoleOfOperator(String name) {
        assertThat(problem("{role: {name: " + name + "}}"))
                .isEqualTo(new InvalidSpec(
                        "spec.role.name", "irsa-operator is the operator's own role; choose another name"));
    }

    @Test
    void reservesNoNameIfOperatorRunsWithoutRole() {
        assertThat(read("{role: {name: irsa-operator}}", cluster("prod", "aws", "")))
                .isInstanceOf(Desired.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod_payments_ledger", "PROD_payments_ledger", "prod_a_", "prod__"})
    void refusesNameThatIsReservedForDefaultNames(String name) {
        assertThat(problem("{role: {name: " + name + "}}"))
                .isEqualTo(new InvalidSpec(
                        "spec.role.name",
                        "names of the form prod_NAMESPACE_NAME are reserved for default role names; choose another"
                                + " name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod_payments_invoices", "prod_payments", "prod", "production_a_b", "a_b_c", "x_prod_a_b"})
    void acceptsOtherNames(String name) {
        assertThat(valid("{role: {name: " + name + "}}").role().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {47, 80})
    void reservesTheFutureNamesOfResourcesInAClusterWithALongName(int length) {
        ClusterIdentity cluster = cluster("c".repeat(length), "aws", "");
        String future = RoleName.derive(cluster.name(), "payments", "ledger-of-another-team");

        for (String name : List.of(future, future.toUpperCase(Locale.ROOT))) {
            assertThat(read("{role: {name: " + name + "}}", cluster))
                    .isEqualTo(new Desired.Invalid(new InvalidSpec(
                            "spec.role.name",
                            "names that end in __ and 16 hexadecimal digits are reserved for default role names; choose"
                                    + " another name")));
        }
        String own = RoleName.derive(cluster.name(), "payments", "invoices");
        assertThat(read("{role: {name: " + own + "}}", cluster)).isInstanceOf(Desired.Valid.class);
    }

    @Test
    void reservesTheHeadOfDefaultNamesAsItIsDerived() {
        assertThat(read("{role: {name: prod-eu_a_b}}", cluster("Prod/EU", "aws", "")))
                .isInstanceOf(Desired.Invalid.class);
    }

    @Test
    void refusesTagsThatImitateTheSessionTagsOfEksPodIdentity() {
        assertThat(problem("{role: {tags: {Kubernetes-namespace: kube-system}}}"))
                .isEqualTo(new InvalidSpec(
                        "spec.role.tags",
                        "Kubernetes-namespace imitates a session tag of EKS Pod Identity; the prefixes kubernetes- and"
                                + " eks-cluster- are reserved, regardless of case; choose another key"));
    }

    @Test
    void reservesDefaultNamesOfClusterRegardlessOfCase() {
        Desired desired = read("{role: {name: prod_a_b}}", cluster("Prod", "aws", ""));

        assertThat(desired).isInstanceOf(Desired.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {10_240, 10_241})
    void refusesInlinePoliciesOverQuota(int characters) {
        int frame =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"\"}}"
                        .length();
        String policies = policy("a", 5000 - frame) + ", " + policy("b", characters - 5000 - frame);
        Desired desired = read("{policies: {inline: [" + policies + "]}}", CLUSTER);

        if (characters == 10_240) {
            assertThat(desired).isInstanceOf(Desired.Valid.class);
        } else {
            assertThat(desired)
                    .isEqualTo(new Desired.Invalid(new InvalidSpec(
                            "spec.policies.inline",
                            "the documents have 10241 characters in total, but IAM accepts at most 10240;"
                                    + " move some into a managed policy")));
        }
    }

    @Test
    void refusesDocumentThatWasTooLargeToRead() {
        assertThat(problem("{policies: {inline: [" + policy("a", 1) + ", " + policy("b", 200_000) + "]}}"))
                .isEqualTo(new InvalidSpec(
                        "spec.policies.inline[b].document",
                        "the document is larger or more deeply nested than IAM accepts; move part of it into a managed"
                                + " policy"));
    }

    @Test
    void reportsAllGrammarProblemsOfDocument() {
        assertThat(problem("{policies: {inline: [{name: a, document: {Statement: []}}]}}"))
                .isEqualTo(new InvalidSpec(
                        "spec.policies.inline[a].document",
                        "Version is missing; write Version: \"2012-10-17\"; Statement is []; it must be a list with at"
                                + " least one statement"));
    }

    @ParameterizedTest
    @CsvSource({
        "spec.serviceAccounts, a*,  sts.amazonaws.com",
        "spec.serviceAccounts, a?b, sts.amazonaws.com",
        "spec.token.audience,      a,   ${aws:username}",
        "spec.serviceAccounts, a*,  b*"
    })
    void refusesWildcardsInClaims(String field, String serviceAccount, String audience) {
        String claim = field.equals("spec.token.audience") ? audience : serviceAccount;

        assertThat(problem(
                        "{serviceAccounts: [{name: '" + serviceAccount + "'}], token: {audience: '" + audience + "'}}"))
                .isEqualTo(new InvalidSpec(
                        field, "\"" + claim + "\" is not allowed in a trust policy; remove *, ? and $"));
    }

    private static Desired.Valid valid(String spec) {
        return (Desired.Valid) read(spec, CLUSTER);
    }

    private static InvalidSpec problem(String spec) {
        return ((Desired.Invalid) read(spec, CLUSTER)).failure();
    }

    private static Desired read(String yaml, ClusterIdentity cluster) {
        IamServiceAccountSpec spec = Serialization.unmarshal("---\n" + yaml, IamServiceAccountSpec.class);
        return new SpecReader("payments", "invoices", spec, cluster).read();
    }

    private static ClusterIdentity cluster(String name, String partition, String operatorRole) {
        return SampleCluster.withAdoption(
                SampleCluster.of(
                        name, "cluster-id", ISSUER, new AwsAccount(partition, "111122223333", operatorRole), OWN_PATH),
                AdoptionScope.of(Set.of("/teams/"), Set.of()));
    }

    private static String policy(String name, int resource) {
        return "{name: " + name
                + ", document: {Version: '2012-10-17', Statement: {Effect: Deny, Action: '*', Resource: "
                + "r".repeat(resource) + "}}}";
    }
}
