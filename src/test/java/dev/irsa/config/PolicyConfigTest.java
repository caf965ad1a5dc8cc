package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.config.PolicyConfig.Output;
import dev.irsa.config.PolicyConfig.Trust;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.permissions.EksCluster;
import dev.irsa.core.permissions.OperatorPolicy;
import dev.irsa.core.permissions.OperatorRole;
import dev.irsa.core.permissions.PermissionScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyConfigTest {
    private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";

    @Test
    void requiresOnlyClusterAndAccount() throws InvalidConfiguration {
        assertThat(PolicyConfig.of(options()))
                .isEqualTo(new PolicyConfig(
                        new PermissionScope(
                                "prod",
                                new AwsAccount("aws", "111122223333", "irsa-operator"),
                                Optional.empty(),
                                "/irsa/prod/",
                                AdoptionScope.NONE,
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                false,
                                false,
                                new OperatorRole("/", "irsa-operator")),
                        "irsa-operator",
                        "irsa-operator",
                        Optional.empty(),
                        Trust.IRSA,
                        Output.PERMISSIONS));
    }

    @Test
    void readsEveryFlag() throws InvalidConfiguration {
        PolicyOptions options = options();
        options.partition = "aws-cn";
        options.region = "cn-north-1";
        options.rolePath = "/roles/";
        options.adoptionPaths = List.of("/teams/", "/teams/", "/eksctl/", "");
        options.adoptionRoles = List.of("/eksctl-*", "/eksctl-*", "");
        options.boundaries = List.of("arn:aws-cn:iam::111122223333:policy/platform/boundary");
        options.allowedPolicies =
                List.of("arn:aws-cn:iam::aws:policy/AmazonS3*", "arn:aws-cn:iam::111122223333:policy/p?/*");
        options.oidcProvider = "Create";
        options.oidcIssuer = ISSUER;
        options.podIdentity = "true";
        options.eksClusterName = "main";
        options.roleName = "platform/operators/irsa";
        options.roleBoundary = "arn:aws-cn:iam::111122223333:policy/operators";
        options.trust = "pod-identity";
        options.serviceAccount = "platform/irsa.operator";
        options.format = "terraform";

        assertThat(PolicyConfig.of(options))
                .isEqualTo(new PolicyConfig(
                        new PermissionScope(
                                "prod",
                                new AwsAccount("aws-cn", "111122223333", "irsa"),
                                Optional.of(new EksCluster("cn-north-1", "main")),
                                "/roles/",
                                AdoptionScope.of(List.of("/eksctl/", "/teams/"), List.of("/eksctl-*")),
                                List.of("arn:aws-cn:iam::111122223333:policy/platform/boundary"),
                                List.of(
                                        "arn:aws-cn:iam::111122223333:policy/p?/*",
                                        "arn:aws-cn:iam::aws:policy/AmazonS3*"),
                                Optional.of(new Issuer(ISSUER)),
                                true,
                                true,
                                new OperatorRole("/platform/operators/", "irsa")),
                        "platform",
                        "irsa.operator",
                        Optional.of("arn:aws-cn:iam::111122223333:policy/operators"),
                        Trust.POD_IDENTITY,
                        Output.TERRAFORM));
    }

    @Test
    void reportsAllErrorsAtOnce() {
        PolicyOptions options = new PolicyOptions();
        options.account = "1234";
        options.partition = "gcp";
        options.region = "Ireland";
        options.rolePath = "irsa";
        options.adoptionPaths = List.of("/teams");
        options.boundaries = List.of("boundary");
        options.allowedPolicies = List.of("*");
        options.oidcIssuer = "http://plain.example.com";
        options.oidcProvider = "Maybe";
        options.podIdentity = "maybe";
        options.eksClusterName = "prod.eu";
        options.roleName = "/irsa";
        options.roleBoundary = "boundary";
        options.trust = "password";
        options.serviceAccount = "irsa-operator";
        options.format = "xml";
        options.print = "both";

        assertThat(problems(options))
                .extracting(problem -> problem.split("[= ]", 2)[0])
                .containsExactlyInAnyOrder(
                        "--cluster-name",
                        "--account",
                        "--partition",
                        "--region",
                        "--role-path",
                        "--adoption-path",
                        "--boundary-arn",
                        "--allowed-policy-arn",
                        "--oidc-issuer",
                        "--oidc-provider",
                        "--pod-identity",
                        "--eks-cluster-name",
                        "--role-name",
                        "--role-boundary-arn",
                        "--trust",
                        "--operator-service-account",
                        "--format",
                        "--print");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::111122223333:role/boundary",
                "arn:aws:iam::444455556666:policy/boundary",
                "arn:aws-cn:iam::111122223333:policy/boundary",
                "arn:aws:iam::111122223333:policy/",
                "arn:aws:iam::111122223333:policy/bound*",
                "arn:aws:iam::111122223333:policy//boundary",
                "arn:aws:iam::111122223333:policy/${boundary}",
                "AdministratorAccess",
                ""
            })
    void rejectsInvalidPermissionsBoundary(String arn) {
        assertThat(problems(options -> options.boundaries = List.of(arn)))
                .singleElement()
                .asString()
                .startsWith("--boundary-arn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::*:policy/x",
                "arn:*:iam::aws:policy/x",
                "arn:aws:iam::444455556666:policy/*",
                "arn:aws:iam::aws:policy/${x}",
                "arn:aws:iam::aws:role/*",
                "*"
            })
    void rejectsInvalidAllowedPolicies(String arn) {
        assertThat(problems(options -> options.allowedPolicies = List.of(arn)))
                .singleElement()
                .asString()
                .startsWith("--allowed-policy-arn");
    }

    @Test
    void refusesRoleBoundaryForFormatWithoutRole() {
        assertThat(problems(options -> options.roleBoundary = "arn:aws:iam::111122223333:policy/operators"))
                .singleElement()
                .asString()
                .contains("--role-boundary-arn", "--format=json prints no role");
    }

    @ParameterizedTest
    @CsvSource({
        "irsa/prod/operator,/irsa/prod/",
        "irsa/prod/x/operator,/irsa/prod/",
        "operator,/",
        "irsa/operator,/irsa/"
    })
    void rejectsOperatorRoleUnderRolePath(String role, String path) {
        assertThat(problems(options -> {
                    options.roleName = role;
                    options.rolePath = path;
                }))
                .singleElement()
                .asString()
                .startsWith("--role-name=" + role + ": it is under the path of the operator's roles");
    }

    @Test
    void acceptsOperatorRoleUnderSimilarPath() throws InvalidConfiguration {
        PolicyOptions options = options();
        options.roleName = "irsa/prod2/operator";

        assertThat(PolicyConfig.of(options).scope().itself().path()).isEqualTo("/irsa/prod2/");
    }

    @Test
    void dropsWhatIsAdoptedWithinRolePath() throws InvalidConfiguration {
        PolicyOptions options = options();
        options.adoptionPaths = List.of("/irsa/prod/", "/irsa/prod/x/", "/irsa/");

        options.adoptionRoles = List.of("/irsa/prod/x*", "/irsa/prod/x/y", "/irsa/x*");

        assertThat(PolicyConfig.of(options).scope().adoption())
                .isEqualTo(AdoptionScope.of(List.of("/irsa/"), List.of("/irsa/x*")));
    }

    @ParameterizedTest
    @CsvSource({
        "Create,json,permissions,irsa,--oidc-issuer",
        "Check,json,trust,irsa,--oidc-issuer",
        "Check,cloudformation,permissions,irsa,--oidc-issuer",
        "Check,terraform,permissions,irsa,--oidc-issuer",
        "Check,json,trust,pod-identity,--region",
        "Check,terraform,permissions,pod-identity,--region",
        "Check,terraform,trust,pod-identity,--region",
    })
    void reportsMissingValuesOfPolicy(String provider, String format, String print, String trust, String missing) {
        assertThat(problems(options -> {
                    options.oidcProvider = provider;
                    options.format = format;
                    options.print = print;
                    options.trust = trust;
                }))
                .filteredOn(problem -> problem.contains(" is missing; "))
                .singleElement()
                .asString()
                .startsWith(missing);
    }

    @Test
    void requiresRegionToManageAssociations() {
        assertThat(problems(options -> options.podIdentity = "true"))
                .containsExactly("--region is missing; --pod-identity requires the region of the cluster in EKS");
    }

    @Test
    void takesNameInEksFromClusterName() throws InvalidConfiguration {
        PolicyOptions options = options();
        options.podIdentity = "true";
        options.region = "eu-west-1";

        assertThat(PolicyConfig.of(options).scope().eksCluster()).contains(new EksCluster("eu-west-1", "prod"));
    }

    @Test
    void requiresNameInEksIfClusterNameIsInvalidThere() {
        assertThat(problems(options -> {
                    options.clusterName = "prod.eu";
                    options.podIdentity = "true";
                    options.region = "eu-west-1";
                }))
                .containsExactly(
                        "--eks-cluster-name is missing; --pod-identity requires the name of the cluster in EKS,"
                                + " at most 100 letters, digits, '_' and '-', and --cluster-name=prod.eu cannot be that name");
    }

    @Test
    void acceptsClusterNameThatIsInvalidInEksWithoutPodIdentity() throws InvalidConfiguration {
        PolicyOptions options = options();
        options.clusterName = "prod.eu";
        options.region = "eu-west-1";

        assertThat(PolicyConfig.of(options).scope().makesAssociations()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "main/*", "main?", "${main}", "-main", "prod.eu"})
    void rejectsInvalidNameInEks(String name) {
        assertThat(problems(options -> options.eksClusterName = name))
                .containsExactly("--eks-cluster-name=" + name
                        + ": it must be the name of a cluster in EKS, at most 100 letters, digits, '_' and '-'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/*", "https://example.com/$a"})
    void rejectsIssuerWithPolicyWildcards(String issuer) {
        assertThat(problems(options -> options.oidcIssuer = issuer))
                .containsExactly("--oidc-issuer=" + issuer + ": it must not contain *, ? or $");
    }

    @Test
    void rejectsPolicyThatExceedsIamLimits() {
        assertThat(problems(options -> options.boundaries = IntStream.range(0, 40)
                        .mapToObj(i -> "arn:aws:iam::111122223333:policy/platform/boundaries/team-" + i)
                        .toList()))
                .singleElement()
                .asString()
                .matches(
                        "the policy has [0-9]{4,5} characters, but a managed policy may have at most 6144; set fewer .*");
    }

    @Test
    void statesSizeOfPodIdentityInPolicyThatExceedsIamLimits() {
        assertThat(problems(options -> {
                    options.podIdentity = "true";
                    options.region = "eu-west-1";
                    options.boundaries = boundaries(20);
                }))
                .singleElement()
                .asString()
                .matches("the policy has [0-9]{4} characters, .*; --pod-identity needs 1[0-9]{3} of them");
    }

    @Test
    void acceptsPodIdentityWithBoundariesAndAdoptionPaths() throws InvalidConfiguration {
        PolicyOptions options = options();
        options.podIdentity = "true";
        options.region = "ap-southeast-2";
        options.eksClusterName = "production-australia";
        options.oidcIssuer = ISSUER;
        options.oidcProvider = "Create";
        options.adoptionPaths = List.of("/teams/", "/eksctl/");
        options.boundaries = boundaries(3);
        options.allowedPolicies = List.of("arn:aws:iam::111122223333:policy/teams/*");

        assertThat(OperatorPolicy.size(PolicyConfig.of(options).scope())).isLessThan(OperatorPolicy.MAX_SIZE);
    }

    @Test
    void acceptsTenBoundariesAndTenPatterns() throws InvalidConfiguration {
        PolicyOptions options = options();
        options.oidcIssuer = ISSUER;
        options.oidcProvider = "Create";
        options.adoptionPaths = List.of("/teams/");
        options.boundaries = boundaries(10);
        options.allowedPolicies = IntStream.range(0, 10)
                .mapToObj(i -> "arn:aws:iam::111122223333:policy/teams/team-" + i + "/*")
                .toList();

        assertThat(PolicyConfig.of(options).scope().boundaries()).hasSize(10);
    }

    private static List<String> boundaries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "arn:aws:iam::111122223333:policy/boundaries/team-" + i)
                .toList();
    }

    private static List<String> problems(Consumer<PolicyOptions> change) {
        PolicyOptions options = options();
        change.accept(options);
        return problems(options);
    }

    private static List<String> problems(PolicyOptions options) {
        return catchThrowableOfType(InvalidConfiguration.class, () -> PolicyConfig.of(options))
                .problems();
    }

    private static PolicyOptions options() {
        PolicyOptions options = new PolicyOptions();
        options.clusterName = "prod";
        options.account = "111122223333";
        return options;
    }
}
