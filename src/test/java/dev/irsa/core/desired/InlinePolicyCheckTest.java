package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.fixtures.plan.SampleCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource that was stored before the schema had a rule is refused here. */
class InlinePolicyCheckTest {
    private static final ClusterIdentity CLUSTER = SampleCluster.withProtectedPolicies(
            SampleCluster.of(
                    "prod",
                    "cluster-id",
                    new Issuer("https://oidc.example.com/id/1"),
                    new AwsAccount("aws", "111122223333", "irsa-operator", 12),
                    "/irsa/prod/"),
            ProtectedPolicies.of(List.of("arn:aws:iam::*:policy/quarantine")));

    @ParameterizedTest
    @ValueSource(strings = {"AWSRevokeOlderSessions", "awsrevokeoldersessions", "AWSDenyAll", "awsDENYall"})
    void refusesTheNamesThatRespondersUse(String name) {
        assertThat(read(inline(name)))
                .isEqualTo(new Desired.Invalid(new InvalidSpec(
                        "spec.policies.inline[" + name + "].name",
                        "the name is reserved for incident response; choose another name")));
    }

    @Test
    void refusesTwoPoliciesWhoseNamesDifferOnlyInCase() {
        assertThat(read(inline("read", "Read")))
                .isEqualTo(new Desired.Invalid(new InvalidSpec(
                        "spec.policies.inline[Read].name",
                        "another policy has this name, or one that differs only in case, which IAM may treat as the"
                                + " same; choose another name")));
        assertThat(read(inline("read", "Reads"))).isInstanceOf(Desired.Valid.class);
    }

    @Test
    void refusesACarriageReturnInTheDescription() {
        assertThat(read("{role: {description: \"a\\r\\nb\"}}"))
                .isEqualTo(new Desired.Invalid(new InvalidSpec(
                        "spec.role.description",
                        "it contains a carriage return, which IAM may change; end lines with a line feed only")));
        assertThat(read("{role: {description: \"a\\nb\"}}")).isInstanceOf(Desired.Valid.class);
    }

    @Test
    void protectsWhatTheConfigurationNames() {
        assertThat(read("{}"))
                .isInstanceOfSatisfying(
                        Desired.Valid.class,
                        valid -> assertThat(valid.role().protection())
                                .isEqualTo(PolicyProtection.of(CLUSTER.protectedPolicies(), 12)));
    }

    private static String inline(String... names) {
        StringBuilder policies = new StringBuilder();
        for (String name : names) {
            policies.append("{name: ")
                    .append(name)
                    .append(
                            ", document: {Version: '2012-10-17', Statement: {Effect: Allow, Action: '*', Resource: '*'}}}, ");
        }
        return "{policies: {inline: [" + policies + "]}}";
    }

    private static Desired read(String yaml) {
        IamServiceAccountSpec spec = Serialization.unmarshal("---\n" + yaml, IamServiceAccountSpec.class);
        return Desired.of("payments", "invoices", spec, CLUSTER);
    }
}
