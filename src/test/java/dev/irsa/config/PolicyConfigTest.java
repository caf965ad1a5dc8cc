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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PolicyConfigTest {
    private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";
    private static final String BOUNDARIES = "--boundary-arn=arn:aws:iam::111122223333:policy/boundaries/team-<number>";

    @Test
    void requiresOnlyClusterAndAccount() throws InvalidConfiguration {
        assertThat(config())
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
                                new OperatorRole("/", "irsa-operator"),
                                List.of()),
                        List.of(),
                        "irsa-operator",
                        "irsa-operator",
                        Optional.empty(),
                        Trust.IRSA,
                        Optional.empty(),
                        Optional.empty(),
                        Output.PERMISSIONS));
    }

    @Test
    void readsEveryFlag() throws InvalidConfiguration {
        assertThat(config(
                        "--partition=aws-cn",
                        "--region=cn-north-1",
                        "--role-path=/roles/",
                        "--adoption-path=/teams/,/teams/,/eksctl/,",
                        "--adoption-role=/eksctl-*,/eksctl-*,",
                        "--boundary-arn=arn:aws-cn:iam::111122223333:policy/platform/boundary",
                        "--allowed-policy-arn=arn:aws-cn:iam::aws:policy/AmazonS3*",
                        "--allowed-policy-arn=arn:aws-cn:iam::111122223333:policy/p?/*",
                        "--oidc-provider=Create",
                        "--oidc-issuer=" + ISSUER,
                        "--previous-issuer=https://oidc.example.com/old",
                        "--pod-identity=true",
                        "--eks-cluster-name=main",
                        "--role-name=platform/operators/irsa",
                        "--role-boundary-arn=arn:aws-cn:iam::111122223333:policy/operators",
                        "--trust=pod-identity",
                        "--operator-service-account=platform/irsa.operator",
                        "--format=terraform"))
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
                                new OperatorRole("/platform/operators/", "irsa"),
                                List.of()),
                        List.of(new Issuer("https://oidc.example.com/old")),
                        "platform",
                        "irsa.operator",
                        Optional.of("arn:aws-cn:iam::111122223333:policy/operators"),
                        Trust.POD_IDENTITY,
                        Optional.empty(),
                        Optional.empty(),
                        Output.TERRAFORM));
    }

    @Test
    void readsTheRolesOfAccounts() throws InvalidConfiguration {
        PolicyConfig own = config(
                "--account-role-arn=arn:aws:iam::444455556666:role/irsa-operator",
                "--account-role-arn=arn:aws:iam::777788889999:role/platform/irsa");
        assertThat(own.scope().accountRoles())
                .containsExactly(
                        "arn:aws:iam::444455556666:role/irsa-operator", "arn:aws:iam::777788889999:role/platform/irsa");

        PolicyConfig other = config(
                "--trusted-role-arn=arn:aws:iam::111122223333:role/irsa-operator",
                "--external-id=production-eu",
                "--print=trust");
        assertThat(other.trust()).isEqualTo(Trust.ROLE);
        assertThat(other.trusted()).contains("arn:aws:iam::111122223333:role/irsa-operator");
        assertThat(other.externalId()).contains("production-eu");
    }

    @Test
    void rejectsRolesAndExternalIdsThatAreNone() {
        assertThat(problems(
                        "--account-role-arn=irsa-operator",
                        "--trusted-role-arn=arn:aws:iam::1:role/a",
                        "--external-id=a b"))
                .anySatisfy(problem -> assertThat(problem).contains("--account-role-arn"))
                .anySatisfy(problem -> assertThat(problem).contains("--trusted-role-arn"))
                .anySatisfy(problem -> assertThat(problem).contains("--external-id"));
        assertThat(problems("--external-id=production"))
                .singleElement()
                .asString()
                .contains("it applies to --trusted-role-arn");
    }

    @Test
    void reportsAllErrorsAtOnce() {
        assertThat(problems(
                        "--cluster-name=",
                        "--account=1234",
                        "--partition=gcp",
                        "--region=Ireland",
                        "--role-path=irsa",
                        "--adoption-path=/teams",
                        "--boundary-arn=boundary",
                        "--allowed-policy-arn=*",
                        "--oidc-issuer=http://plain.example.com",
                        "--oidc-provider=Maybe",
                        "--pod-identity=maybe",
                        "--eks-cluster-name=prod.eu",
                        "--role-name=/irsa",
                        "--role-boundary-arn=boundary",
                        "--trust=password",
                        "--operator-service-account=irsa-operator",
                        "--format=xml",
                        "--print=both"))
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
        assertThat(problems("--boundary-arn=" + arn)).singleElement().asString().startsWith("--boundary-arn");
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
        assertThat(problems("--allowed-policy-arn=" + arn))
                .singleElement()
                .asString()
                .startsWith("--allowed-policy-arn");
    }

    @Test
    void refusesRoleBoundaryForFormatWithoutRole() {
        assertThat(problems("--role-boundary-arn=arn:aws:iam::111122223333:policy/operators"))
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
        assertThat(problems("--role-name=" + role, "--role-path=" + path))
                .singleElement()
                .asString()
                .startsWith("--role-name=" + role + ": it is under the path of the operator's roles");
    }

    @Test
    void acceptsOperatorRoleUnderSimilarPath() throws InvalidConfiguration {
        assertThat(config("--role-name=irsa/prod2/operator").scope().itself().path())
                .isEqualTo("/irsa/prod2/");
    }

    @Test
    void dropsWhatIsAdoptedWithinRolePath() throws InvalidConfiguration {
        assertThat(config(
                                "--adoption-path=/irsa/prod/,/irsa/prod/x/,/irsa/",
                                "--adoption-role=/irsa/prod/x*,/irsa/prod/x/y,/irsa/x*")
                        .scope()
                        .adoption())
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
        assertThat(problems(
                        "--oidc-provider=" + provider, "--format=" + format, "--print=" + print, "--trust=" + trust))
                .filteredOn(problem -> problem.contains(" is missing; "))
                .singleElement()
                .asString()
                .startsWith(missing);
    }

    @Test
    void requiresRegionToManageAssociations() {
        assertThat(problems("--pod-identity=true"))
                .containsExactly("--region is missing; --pod-identity requires the region of the cluster in EKS");
    }

    @Test
    void takesNameInEksFromClusterName() throws InvalidConfiguration {
        assertThat(config("--pod-identity=true", "--region=eu-west-1").scope().eksCluster())
                .contains(new EksCluster("eu-west-1", "prod"));
    }

    @Test
    void requiresNameInEksIfClusterNameIsInvalidThere() {
        assertThat(problems("--cluster-name=prod.eu", "--pod-identity=true", "--region=eu-west-1"))
                .containsExactly(
                        "--eks-cluster-name is missing; --pod-identity requires the name of the cluster in EKS,"
                                + " at most 100 letters, digits, '_' and '-', and --cluster-name=prod.eu cannot be that name");
    }

    @Test
    void acceptsClusterNameThatIsInvalidInEksWithoutPodIdentity() throws InvalidConfiguration {
        assertThat(config("--cluster-name=prod.eu", "--region=eu-west-1")
                        .scope()
                        .makesAssociations())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "main/*", "main?", "${main}", "-main", "prod.eu"})
    void rejectsInvalidNameInEks(String name) {
        assertThat(problems("--eks-cluster-name=" + name))
                .containsExactly("--eks-cluster-name=" + name
                        + ": it must be the name of a cluster in EKS, at most 100 letters, digits, '_' and '-'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/*", "https://example.com/$a"})
    void rejectsIssuerWithPolicyWildcards(String issuer) {
        assertThat(problems("--oidc-issuer=" + issuer))
                .containsExactly("--oidc-issuer=" + issuer + ": it must not contain *, ? or $");
    }

    @Test
    void rejectsPolicyThatExceedsIamLimits() {
        assertThat(problems(repeat(
                        40, "--boundary-arn=arn:aws:iam::111122223333:policy/platform/boundaries/team-<number>")))
                .singleElement()
                .asString()
                .matches(
                        "the policy has [0-9]{4,5} characters, but a managed policy may have at most 6144; set fewer .*");
    }

    @Test
    void statesSizeOfPodIdentityInPolicyThatExceedsIamLimits() {
        assertThat(problems(repeat(20, BOUNDARIES, "--pod-identity=true", "--region=eu-west-1")))
                .singleElement()
                .asString()
                .matches("the policy has [0-9]{4} characters, .*; --pod-identity needs 1[0-9]{3} of them");
    }

    @Test
    void acceptsPodIdentityWithBoundariesAndAdoptionPaths() throws InvalidConfiguration {
        PolicyConfig config = config(repeat(
                3,
                BOUNDARIES,
                "--pod-identity=true",
                "--region=ap-southeast-2",
                "--eks-cluster-name=production-australia",
                "--oidc-issuer=" + ISSUER,
                "--oidc-provider=Create",
                "--adoption-path=/teams/,/eksctl/",
                "--allowed-policy-arn=arn:aws:iam::111122223333:policy/teams/*"));

        assertThat(OperatorPolicy.size(config.scope())).isLessThan(OperatorPolicy.MAX_SIZE);
    }

    @Test
    void acceptsTenBoundariesAndTenPatterns() throws InvalidConfiguration {
        String[] boundaries =
                repeat(10, BOUNDARIES, "--oidc-issuer=" + ISSUER, "--oidc-provider=Create", "--adoption-path=/teams/");
        String[] all =
                repeat(10, "--allowed-policy-arn=arn:aws:iam::111122223333:policy/teams/team-<number>/*", boundaries);

        assertThat(config(all).scope().boundaries()).hasSize(10);
    }

    /** Returns the arguments that give the flag so many values, which differ in their number, besides other arguments. */
    private static String[] repeat(int count, String argument, String... others) {
        return Stream.concat(
                        Arrays.stream(others),
                        IntStream.range(0, count).mapToObj(i -> argument.replace("<number>", String.valueOf(i))))
                .toArray(String[]::new);
    }

    private static PolicyConfig config(String... arguments) throws InvalidConfiguration {
        GivenFlags flags = PolicyConfig.flags();
        new CommandLine(flags)
                .setOverwrittenOptionsAllowed(true)
                .parseArgs(Stream.concat(
                                Stream.of("--cluster-name=prod", "--account=111122223333"), Arrays.stream(arguments))
                        .toArray(String[]::new));
        return PolicyConfig.of(flags);
    }

    private static List<String> problems(String... arguments) {
        return catchThrowableOfType(InvalidConfiguration.class, () -> config(arguments))
                .problems();
    }
}
