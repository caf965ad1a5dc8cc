package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.config.OperatorConfig.AwsConfig;
import dev.irsa.config.OperatorConfig.SweepConfig;
import dev.irsa.config.ProcessConfig.LogFormat;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.core.text.Documentation;
import dev.irsa.port.NamespacedName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OperatorConfigTest {
    @Test
    void requiresOnlyClusterName() throws InvalidConfiguration {
        assertThat(config())
                .isEqualTo(new OperatorConfig(
                        new ClusterConfig(
                                "prod", Optional.empty(), false, Set.of("sts.amazonaws.com"), PreviousClusters.NONE),
                        new RoleConfig(
                                "/irsa/prod/",
                                AdoptionScope.NONE,
                                ConfiguredRoleTags.NONE,
                                ProtectedPolicies.OF_AWS,
                                10),
                        new DeliveryConfig(Set.of(Delivery.IRSA), "prod", Duration.ofHours(24), 2048, false),
                        new ReconcileConfig(Set.of(), false, Duration.ofMinutes(5)),
                        new AwsConfig(Optional.empty(), 16, OptionalInt.empty(), Duration.ofSeconds(60)),
                        new SweepConfig(Duration.ofMinutes(10), 1000, Duration.ofHours(1), false),
                        new ProcessConfig(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(60),
                                8080,
                                LogFormat.text,
                                Documentation.HOME)));
    }

    @Test
    void readsEveryFlag() throws InvalidConfiguration {
        assertThat(config(
                        "--region=eu-west-1",
                        "--oidc-issuer=https://oidc.example.com/id/1",
                        "--oidc-provider=Create",
                        "--audiences=vault,sts.amazonaws.com",
                        "--role-path=/",
                        "--adoption-path=/terraform/,/eksctl/",
                        "--adoption-role=/terraform-*,/eksctl-*,",
                        "--previous-cluster-id=11111111-2222-3333-4444-555555555555",
                        "--previous-issuer=https://oidc.example.com/id/0",
                        "--role-tags=cost-center=4711,",
                        "--protected-policies=arn:aws:iam::111122223333:policy/quarantine,,arn:aws:iam::*:policy/security/*",
                        "--managed-policies-per-role=20",
                        "--default-delivery=PodIdentity,,IRSA",
                        "--eks-cluster-name=prod-1",
                        "--association-interval=6h",
                        "--trust-policy-quota=4096",
                        "--pod-identity-agent=assume",
                        "--watch-namespace=payments,sales,payments,",
                        "--aws-max-in-flight=256",
                        "--aws-rate=1000",
                        "--dry-run=true",
                        "--slowest-retry=2h",
                        "--consistency-window=250ms",
                        "--sweep-interval=30s",
                        "--sweep-page-size=200",
                        "--fallback-interval=12h",
                        "--remove-orphans=true",
                        "--own-deployment=irsa/operator",
                        "--leader-election=true",
                        "--lease=irsa/operator.working",
                        "--start-timeout=3m",
                        "--http-port=0",
                        "--log-format=json",
                        "--settings-file=target/operator.json",
                        "--documentation-url=https://git.example.com/irsa/docs/"))
                .isEqualTo(new OperatorConfig(
                        new ClusterConfig(
                                "prod",
                                Optional.of("https://oidc.example.com/id/1"),
                                true,
                                Set.of("sts.amazonaws.com", "vault"),
                                new PreviousClusters(
                                        Set.of("11111111-2222-3333-4444-555555555555"),
                                        Set.of("https://oidc.example.com/id/0"))),
                        new RoleConfig(
                                "/",
                                AdoptionScope.of(
                                        Set.of("/eksctl/", "/terraform/"), Set.of("/eksctl-*", "/terraform-*")),
                                new ConfiguredRoleTags(new TreeMap<>(Map.of("cost-center", "4711"))),
                                ProtectedPolicies.of(List.of(
                                        "arn:aws:iam::*:policy/security/*",
                                        "arn:aws:iam::111122223333:policy/quarantine")),
                                20),
                        new DeliveryConfig(
                                Set.of(Delivery.IRSA, Delivery.PodIdentity), "prod-1", Duration.ofHours(6), 4096, true),
                        new ReconcileConfig(Set.of("payments", "sales"), true, Duration.ofHours(2)),
                        new AwsConfig(Optional.of("eu-west-1"), 256, OptionalInt.of(1000), Duration.ofMillis(250)),
                        new SweepConfig(Duration.ofSeconds(30), 200, Duration.ofHours(12), true),
                        new ProcessConfig(
                                Optional.of(new NamespacedName("irsa", "operator")),
                                Optional.of(Path.of("target/operator.json")),
                                Optional.of(new NamespacedName("irsa", "operator.working")),
                                Duration.ofMinutes(3),
                                0,
                                LogFormat.json,
                                new Documentation("https://git.example.com/irsa/docs/"))));
    }

    /** Only EKS Pod Identity needs the name of the cluster in EKS. */
    @Test
    void usesClusterNamesThatEksDoesNotAllowOnlyWithoutPodIdentity() throws InvalidConfiguration {
        assertThat(config("--cluster-name=prod.eu").delivery().eksClusterName()).isEqualTo("prod.eu");
        assertThat(problems("--cluster-name=prod.eu", "--default-delivery=PodIdentity"))
                .singleElement()
                .asString()
                .startsWith("--eks-cluster-name=prod.eu: it must be the name of an EKS cluster");
    }

    @Test
    void defaultsToJsonLogs() throws InvalidConfiguration {
        assertThat(OperatorConfig.of(given(), false, Optional.empty()).process().logFormat())
                .isEqualTo(LogFormat.json);
    }

    @Test
    void treatsBlankAsAbsent() throws InvalidConfiguration {
        assertThat(config("--region= ").aws().region()).isEmpty();
        assertThat(config("--oidc-issuer=").cluster().oidcIssuer()).isEmpty();
    }

    @Test
    void refusesIssuersWithPort() {
        assertThat(problems(
                        "--oidc-issuer=https://oidc.example.com:6443/id/1",
                        "--previous-issuer=https://oidc.example.com:8443"))
                .satisfiesExactly(
                        issuer -> assertThat(issuer)
                                .startsWith("--oidc-issuer=https://oidc.example.com:6443/id/1: it has a port"),
                        previous -> assertThat(previous)
                                .startsWith("--previous-issuer=https://oidc.example.com:8443: it has a port"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/eksctl-prod-*", "/app", "/a/b/app-*-role*", "/a*", "/A1+=.@_-*"})
    void acceptsAdoptionRoles(String pattern) throws InvalidConfiguration {
        assertThat(config("--adoption-role=" + pattern).roles().adoption().roleTexts())
                .containsExactly(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/*", "*", "app", "app-*", "/a/", "/", "/a*/b", "/*/b", "/a/*", "/*a", "//a", "/a?", "/a b"})
    void refusesAdoptionRolesWithoutLiteralStartOrWithWildcardsInThePath(String pattern) {
        assertThat(problems("--adoption-role=" + pattern))
                .singleElement()
                .asString()
                .startsWith("--adoption-role=" + pattern + ": it must be a path that starts and ends with a slash");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThat(problems(
                        "--cluster-name=",
                        "--role-path=irsa",
                        "--oidc-issuer=http://oidc.example.com",
                        "--oidc-provider=create",
                        "--audiences=sts.amazonaws.com,a b",
                        "--adoption-path=/eksctl",
                        "--adoption-role=/*",
                        "--role-tags=team",
                        "--previous-cluster-id=production",
                        "--previous-issuer=http://oidc.example.com",
                        "--protected-policies=quarantine,arn:aws:iam::*:policy/*",
                        "--managed-policies-per-role=9",
                        "--default-delivery=irsa,PodIdentity,IRSA,PodIdentity",
                        "--eks-cluster-name=prod.eu",
                        "--association-interval=59m",
                        "--trust-policy-quota=2047",
                        "--pod-identity-agent=ignore",
                        "--watch-namespace=Payments,sales,a.b",
                        "--aws-max-in-flight=0",
                        "--aws-rate=fast",
                        "--dry-run=yes",
                        "--slowest-retry=5",
                        "--consistency-window=-1s",
                        "--sweep-interval=0s",
                        "--sweep-page-size=1001",
                        "--fallback-interval=x",
                        "--remove-orphans=maybe",
                        "--own-deployment=irsa-operator",
                        "--start-timeout=1d",
                        "--http-port=65536",
                        "--log-format=xml",
                        "--documentation-url=https://git.example.com/irsa"))
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
                        "--log-format=xml: it must be text or json",
                        "--documentation-url=https://git.example.com/irsa: it must be an http or https address of at most 200"
                                + " characters that ends with a slash");
    }

    @Test
    void reportsMissingClusterNameOnce() {
        InvalidConfiguration invalid = catchThrowableOfType(
                InvalidConfiguration.class, () -> OperatorConfig.of(OperatorConfig.flags(), true, Optional.empty()));

        assertThat(invalid.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-prod", "pr od", "prod/eu", "pröd", "prod*", "${prod}"})
    void rejectsInvalidClusterName(String name) {
        assertThat(problems("--cluster-name=" + name))
                .singleElement()
                .asString()
                .contains(name);
    }

    @Test
    void limitsClusterNameTo100Characters() throws InvalidConfiguration {
        assertThat(config("--cluster-name=" + "p".repeat(100)).cluster().name()).hasSize(100);
        assertThat(problems("--cluster-name=" + "p".repeat(101))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"irsa/", "/irsa", "//", "/a//b/", "/a b/", "/*/", "/${a}/"})
    void rejectsInvalidRolePath(String path) {
        assertThat(problems("--role-path=" + path)).singleElement().asString().contains(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu west", "EU-WEST-1", "eu-west-1.", "eu_west_1", "-eu-west-1", "europe"})
    void rejectsInvalidRegion(String region) {
        assertThat(problems("--region=" + region))
                .containsExactly("--region=" + region + ": it must be the name of an AWS region, such as eu-west-1");
    }

    @Test
    void limitsRolePathTo512Characters() throws InvalidConfiguration {
        assertThat(config("--role-path=/" + "p".repeat(510) + "/").roles().path())
                .hasSize(512);
        assertThat(problems("--role-path=/" + "p".repeat(511) + "/")).hasSize(1);
    }

    /** A pause of nothing between tries would be none. */
    @ParameterizedTest
    @ValueSource(strings = {"0s", "0ms", "0h"})
    void rejectsZeroSlowestRetry(String pause) {
        assertThat(problems("--slowest-retry=" + pause))
                .containsExactly("--slowest-retry=" + pause + ": it must be greater than zero");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1001", "-1", "0.5", "Adaptive", "10/s"})
    void rejectsInvalidAwsRate(String rate) {
        assertThat(problems("--aws-rate=" + rate))
                .singleElement()
                .asString()
                .startsWith("--aws-rate")
                .endsWith("it must be adaptive or a number from 1 to 1000");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "65535, true", "-1, false", "65536, false", "x, false", "9999999, false", "'', false"})
    void validatesPort(String port, boolean valid) {
        assertThat(catchThrowableOfType(InvalidConfiguration.class, () -> config("--http-port=" + port)) == null)
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "false, true, true", "true, true, false", "true, false, false"})
    void dryRunDisablesRemoveOrphans(String dryRun, String asked, boolean removes) throws InvalidConfiguration {
        assertThat(config("--dry-run=" + dryRun, "--remove-orphans=" + asked).removesOrphans())
                .isEqualTo(removes);
    }

    private static OperatorConfig config(String... arguments) throws InvalidConfiguration {
        return OperatorConfig.of(given(arguments), true, Optional.empty());
    }

    private static GivenFlags given(String... arguments) {
        GivenFlags flags = OperatorConfig.flags();
        new CommandLine(flags)
                .setOverwrittenOptionsAllowed(true)
                .parseArgs(Stream.concat(Stream.of("--cluster-name=prod"), Arrays.stream(arguments))
                        .toArray(String[]::new));
        return flags;
    }

    private static List<String> problems(String... arguments) {
        InvalidConfiguration invalid = catchThrowableOfType(InvalidConfiguration.class, () -> config(arguments));
        assertThat(invalid).isNotNull().hasMessage(String.join("; ", invalid.problems()));
        return invalid.problems();
    }
}
