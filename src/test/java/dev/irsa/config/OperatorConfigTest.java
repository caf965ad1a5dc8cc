package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.port.LeaseName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorConfigTest {
    @Test
    void requiresOnlyClusterName() throws InvalidConfiguration {
        assertThat(OperatorConfig.of(options(), true, Optional.empty()))
                .isEqualTo(new OperatorConfig(
                        "prod",
                        Optional.empty(),
                        Optional.empty(),
                        OperatorConfig.OidcProvider.Check,
                        Set.of("sts.amazonaws.com"),
                        "/irsa/prod/",
                        AdoptionScope.NONE,
                        PreviousClusters.NONE,
                        ConfiguredRoleTags.NONE,
                        ProtectedPolicies.OF_AWS,
                        10,
                        new DeliveryConfig(Set.of(Delivery.IRSA), "prod", Duration.ofHours(24), 2048, false),
                        Set.of(),
                        16,
                        OptionalInt.empty(),
                        false,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(60),
                        new OperatorConfig.Sweep(Duration.ofMinutes(10), 1000, Duration.ofHours(1), false),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        8080,
                        OperatorConfig.LogFormat.text));
    }

    @Test
    void readsEveryFlag() throws InvalidConfiguration {
        RunOptions options = options();
        options.region = "eu-west-1";
        options.oidcIssuer = "https://oidc.example.com/id/1";
        options.oidcProvider = "Create";
        options.audiences = List.of("vault", "sts.amazonaws.com");
        options.rolePath = "/";
        options.adoptionPaths = List.of("/terraform/", "/eksctl/");
        options.adoptionRoles = List.of("/terraform-*", "/eksctl-*", "");
        options.previousClusterIds = List.of("11111111-2222-3333-4444-555555555555");
        options.previousIssuers = List.of("https://oidc.example.com/id/0");
        options.role.roleTags = List.of("cost-center=4711", "");
        options.role.protectedPolicies =
                List.of("arn:aws:iam::111122223333:policy/quarantine", "", "arn:aws:iam::*:policy/security/*");
        options.role.managedPoliciesPerRole = "20";
        options.delivery.defaultDelivery = List.of("PodIdentity", "", "IRSA");
        options.delivery.eksClusterName = "prod-1";
        options.delivery.associationInterval = "6h";
        options.delivery.trustPolicyQuota = "4096";
        options.delivery.podIdentityAgent = "assume";
        options.watchNamespaces = List.of("payments", "sales", "payments", "");
        options.awsMaxInFlight = "256";
        options.awsRate = "1000";
        options.dryRun = "true";
        options.slowestRetry = "2h";
        options.consistencyWindow = "250ms";
        options.sweep.interval = "30s";
        options.sweep.pageSize = "200";
        options.sweep.fallbackInterval = "12h";
        options.sweep.removeOrphans = "true";
        options.ownDeployment = "irsa/operator";
        options.leaderElection = "true";
        options.lease = "irsa/operator.working";
        options.startTimeout = "3m";
        options.httpPort = "0";
        options.logFormat = "json";

        assertThat(OperatorConfig.of(options, true, Optional.empty()))
                .isEqualTo(new OperatorConfig(
                        "prod",
                        Optional.of("eu-west-1"),
                        Optional.of("https://oidc.example.com/id/1"),
                        OperatorConfig.OidcProvider.Create,
                        Set.of("sts.amazonaws.com", "vault"),
                        "/",
                        AdoptionScope.of(Set.of("/eksctl/", "/terraform/"), Set.of("/eksctl-*", "/terraform-*")),
                        new PreviousClusters(
                                Set.of("11111111-2222-3333-4444-555555555555"),
                                Set.of("https://oidc.example.com/id/0")),
                        new ConfiguredRoleTags(new TreeMap<>(Map.of("cost-center", "4711"))),
                        ProtectedPolicies.of(List.of(
                                "arn:aws:iam::*:policy/security/*", "arn:aws:iam::111122223333:policy/quarantine")),
                        20,
                        new DeliveryConfig(
                                Set.of(Delivery.IRSA, Delivery.PodIdentity), "prod-1", Duration.ofHours(6), 4096, true),
                        Set.of("payments", "sales"),
                        256,
                        OptionalInt.of(1000),
                        true,
                        Duration.ofHours(2),
                        Duration.ofMillis(250),
                        new OperatorConfig.Sweep(Duration.ofSeconds(30), 200, Duration.ofHours(12), true),
                        Optional.of("irsa/operator"),
                        Optional.of(new LeaseName("irsa", "operator.working")),
                        Duration.ofMinutes(3),
                        0,
                        OperatorConfig.LogFormat.json));
    }

    /** Only EKS Pod Identity needs the name of the cluster in EKS. */
    @Test
    void usesClusterNamesThatEksDoesNotAllowOnlyWithoutPodIdentity() throws InvalidConfiguration {
        RunOptions options = options();
        options.clusterName = "prod.eu";

        assertThat(OperatorConfig.of(options, true, Optional.empty()).delivery().eksClusterName())
                .isEqualTo("prod.eu");
        assertThat(problems(wrong -> {
                    wrong.clusterName = "prod.eu";
                    wrong.delivery.defaultDelivery = List.of("PodIdentity");
                }))
                .singleElement()
                .asString()
                .startsWith("--eks-cluster-name=prod.eu: it must be the name of an EKS cluster");
    }

    @Test
    void defaultsToJsonLogs() throws InvalidConfiguration {
        assertThat(OperatorConfig.of(options(), false, Optional.empty()).logFormat())
                .isEqualTo(OperatorConfig.LogFormat.json);
    }

    @Test
    void treatsBlankAsAbsent() throws InvalidConfiguration {
        RunOptions options = options();
        options.region = " ";
        options.oidcIssuer = "";

        assertThat(OperatorConfig.of(options, true, Optional.empty()).region()).isEmpty();
        assertThat(OperatorConfig.of(options, true, Optional.empty()).oidcIssuer())
                .isEmpty();
    }

    @Test
    void refusesIssuersWithPort() {
        assertThat(problems(options -> {
                    options.oidcIssuer = "https://oidc.example.com:6443/id/1";
                    options.previousIssuers = List.of("https://oidc.example.com:8443");
                }))
                .satisfiesExactly(
                        issuer -> assertThat(issuer)
                                .startsWith("--oidc-issuer=https://oidc.example.com:6443/id/1: it has a port"),
                        previous -> assertThat(previous)
                                .startsWith("--previous-issuer=https://oidc.example.com:8443: it has a port"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/eksctl-prod-*", "/app", "/a/b/app-*-role*", "/a*", "/A1+=.@_-*"})
    void acceptsAdoptionRoles(String pattern) throws InvalidConfiguration {
        RunOptions options = options();
        options.adoptionRoles = List.of(pattern);

        assertThat(OperatorConfig.of(options, true, Optional.empty()).adoption().roleTexts())
                .containsExactly(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*", "*", "app", "app-*", "/a/", "/", "/a*/b", "/*/b", "/a/*", "/*a", "//a", "/a?", "/a b", "/a,b"
            })
    void refusesAdoptionRolesWithoutLiteralStartOrWithWildcardsInThePath(String pattern) {
        assertThat(problems(options -> options.adoptionRoles = List.of(pattern)))
                .singleElement()
                .asString()
                .startsWith("--adoption-role=" + pattern + ": it must be a path that starts and ends with a slash");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThat(problems(options -> {
                    options.clusterName = "";
                    options.rolePath = "irsa";
                    options.oidcIssuer = "http://oidc.example.com";
                    options.oidcProvider = "create";
                    options.audiences = List.of("sts.amazonaws.com", "a b");
                    options.adoptionPaths = List.of("/eksctl");
                    options.adoptionRoles = List.of("/*");
                    options.role.roleTags = List.of("team");
                    options.previousClusterIds = List.of("production");
                    options.previousIssuers = List.of("http://oidc.example.com");
                    options.role.protectedPolicies = List.of("quarantine", "arn:aws:iam::*:policy/*");
                    options.role.managedPoliciesPerRole = "9";
                    options.delivery.defaultDelivery = List.of("irsa", "PodIdentity", "IRSA", "PodIdentity");
                    options.delivery.eksClusterName = "prod.eu";
                    options.delivery.associationInterval = "59m";
                    options.delivery.trustPolicyQuota = "2047";
                    options.delivery.podIdentityAgent = "ignore";
                    options.watchNamespaces = List.of("Payments", "sales", "a.b");
                    options.awsMaxInFlight = "0";
                    options.awsRate = "fast";
                    options.dryRun = "yes";
                    options.slowestRetry = "5";
                    options.consistencyWindow = "-1s";
                    options.sweep.interval = "0s";
                    options.sweep.pageSize = "1001";
                    options.sweep.fallbackInterval = "x";
                    options.sweep.removeOrphans = "maybe";
                    options.ownDeployment = "irsa-operator";
                    options.startTimeout = "1d";
                    options.httpPort = "65536";
                    options.logFormat = "xml";
                }))
                .containsExactly(
                        "--cluster-name is missing; use the name of this cluster,"
                                + " at most 100 letters, digits, '.', '_' and '-'",
                        "--role-path=irsa: it must start and end with a slash, such as /irsa/production/,"
                                + " and have at most 512 characters",
                        "--oidc-issuer=http://oidc.example.com: it does not start with https://",
                        "--audiences=a b: it must be an audience without spaces or wildcards,"
                                + " such as sts.amazonaws.com",
                        "--adoption-path=/eksctl: it must start and end with a slash, such as /irsa/production/,"
                                + " and have at most 512 characters",
                        "--adoption-role=/*: it must be a path that starts and ends with a slash, and the name of a role,"
                                + " such as /eksctl-prod-*; * is allowed only after the first character of the name",
                        "--role-tags=team: it must be key=value, such as team=payments",
                        "--previous-cluster-id=production: it must be the UID of the kube-system namespace,"
                                + " as in the role tag irsa.dev/cluster-id",
                        "--previous-issuer=http://oidc.example.com: it does not start with https://",
                        "--watch-namespace=Payments: it must be the name of a namespace",
                        "--watch-namespace=a.b: it must be the name of a namespace",
                        "--own-deployment=irsa-operator: it must be the namespace and the name of a Deployment,"
                                + " such as irsa-operator/irsa-operator",
                        "--oidc-provider=create: it must be Check or Create",
                        "--protected-policies=arn:aws:iam::*:policy/*: it must match the ARNs of some managed policies,"
                                + " such as arn:aws:iam::111122223333:policy/quarantine-*",
                        "--protected-policies=quarantine: it must match the ARNs of some managed policies,"
                                + " such as arn:aws:iam::111122223333:policy/quarantine-*",
                        "--managed-policies-per-role=9: it must be a number from 10 to 25",
                        "--default-delivery=irsa: it must be IRSA or PodIdentity",
                        "--default-delivery=PodIdentity: it is set more than once; set each value once",
                        "--eks-cluster-name=prod.eu: it must be the name of an EKS cluster,"
                                + " at most 100 letters, digits, '_' and '-'",
                        "--association-interval=59m: it must be at least 1h",
                        "--trust-policy-quota=2047: it must be a number from 2048 to 8192",
                        "--pod-identity-agent=ignore: it must be detect or assume",
                        "--aws-max-in-flight=0: it must be a number from 1 to 256",
                        "--aws-rate=fast: it must be adaptive or a number from 1 to 1000",
                        "--dry-run=yes: it must be true or false",
                        "--slowest-retry=5: it must be a number and a unit (ms, s, m, h), such as 60s",
                        "--consistency-window=-1s: it must be a number and a unit (ms, s, m, h), such as 60s",
                        "--sweep-interval=0s: it must be greater than zero",
                        "--sweep-page-size=1001: it must be a number from 1 to 1000",
                        "--fallback-interval=x: it must be a number and a unit (ms, s, m, h), such as 60s",
                        "--remove-orphans=maybe: it must be true or false",
                        "--start-timeout=1d: it must be a number and a unit (ms, s, m, h), such as 60s",
                        "--http-port=65536: it must be a number from 0 to 65535",
                        "--log-format=xml: it must be text or json");
    }

    @Test
    void reportsMissingClusterNameOnce() {
        assertThat(problems(options -> options.clusterName = null)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-prod", "pr od", "prod/eu", "pröd", "prod*", "${prod}"})
    void rejectsInvalidClusterName(String name) {
        assertThat(problems(options -> options.clusterName = name))
                .singleElement()
                .asString()
                .contains(name);
    }

    @Test
    void limitsClusterNameTo100Characters() throws InvalidConfiguration {
        RunOptions longest = options();
        longest.clusterName = "p".repeat(100);

        assertThat(OperatorConfig.of(longest, true, Optional.empty()).clusterName())
                .hasSize(100);
        assertThat(problems(options -> options.clusterName = "p".repeat(101))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"irsa/", "/irsa", "//", "/a//b/", "/a b/", "/*/", "/${a}/"})
    void rejectsInvalidRolePath(String path) {
        assertThat(problems(options -> options.rolePath = path))
                .singleElement()
                .asString()
                .contains(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu west", "EU-WEST-1", "eu-west-1.", "eu_west_1", "-eu-west-1", "europe"})
    void rejectsInvalidRegion(String region) {
        assertThat(problems(options -> options.region = region))
                .containsExactly("--region=" + region + ": it must be the name of an AWS region, such as eu-west-1");
    }

    @Test
    void limitsRolePathTo512Characters() throws InvalidConfiguration {
        RunOptions longest = options();
        longest.rolePath = "/" + "p".repeat(510) + "/";

        assertThat(OperatorConfig.of(longest, true, Optional.empty()).rolePath())
                .hasSize(512);
        assertThat(problems(options -> options.rolePath = "/" + "p".repeat(511) + "/"))
                .hasSize(1);
    }

    /** A pause of nothing between tries would be none. */
    @ParameterizedTest
    @ValueSource(strings = {"0s", "0ms", "0h"})
    void rejectsZeroSlowestRetry(String pause) {
        assertThat(problems(options -> options.slowestRetry = pause))
                .containsExactly("--slowest-retry=" + pause + ": it must be greater than zero");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1001", "-1", "0.5", "Adaptive", "10/s"})
    void rejectsInvalidAwsRate(String rate) {
        assertThat(problems(options -> options.awsRate = rate))
                .singleElement()
                .asString()
                .startsWith("--aws-rate")
                .endsWith("it must be adaptive or a number from 1 to 1000");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "65535, true", "-1, false", "65536, false", "x, false", "9999999, false", "'', false"})
    void validatesPort(String port, boolean valid) {
        RunOptions options = options();
        options.httpPort = port;

        assertThat(catchThrowableOfType(
                                InvalidConfiguration.class, () -> OperatorConfig.of(options, true, Optional.empty()))
                        == null)
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "false, true, true", "true, true, false", "true, false, false"})
    void dryRunDisablesRemoveOrphans(String dryRun, String asked, boolean removes) throws InvalidConfiguration {
        RunOptions options = options();
        options.dryRun = dryRun;
        options.sweep.removeOrphans = asked;

        assertThat(OperatorConfig.of(options, true, Optional.empty()).removesOrphans())
                .isEqualTo(removes);
    }

    private static RunOptions options() {
        RunOptions options = new RunOptions();
        options.clusterName = "prod";
        return options;
    }

    private static List<String> problems(Consumer<RunOptions> mistake) {
        RunOptions options = options();
        mistake.accept(options);
        InvalidConfiguration invalid = catchThrowableOfType(
                InvalidConfiguration.class, () -> OperatorConfig.of(options, true, Optional.empty()));
        assertThat(invalid).isNotNull().hasMessage(String.join("; ", invalid.problems()));
        return invalid.problems();
    }
}
