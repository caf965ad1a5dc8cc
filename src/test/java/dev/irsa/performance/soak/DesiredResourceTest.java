package dev.irsa.performance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.iam.RoleRecord;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DesiredResourceTest {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",\
            "Condition":{"StringEquals":{"issuer:aud":"sts.amazonaws.com","issuer:sub":"system:serviceaccount:team-0:app-1"}}}]}""";

    private final DesiredResource desired = new DesiredResource("team-0", "app-1", 4);
    private final RoleRecord role = asAskedFor(desired);

    @Test
    void matchingRoleHasNoDifferences() {
        assertThat(desired.differences(role)).isEmpty();
    }

    @Test
    void reportsEachDifference() {
        assertThat(desired.differences(role.withAttached(DesiredResource.MANAGED + "AdministratorAccess")))
                .singleElement()
                .asString()
                .contains("managed policies", "AdministratorAccess");
        assertThat(desired.differences(role.withoutInline("read-0"))).hasSize(1);
        assertThat(desired.differences(role.withTrust(TRUST.replace("app-1", "app-2"))))
                .hasSize(1);
        assertThat(desired.differences(role.withoutTag("team"))).hasSize(1);
        assertThat(desired.differences(role.withDescription("made by hand"))).hasSize(1);
        assertThat(desired.differences(role.withMaxSessionSeconds(3601))).hasSize(1);
    }

    @Test
    void consecutiveVariantsDiffer() {
        assertThat(IntStream.range(0, 50)
                        .mapToObj(i -> new DesiredResource("team-0", "app-1", i)
                                .resource()
                                .getSpec())
                        .map(IamServiceAccountSpec::toString))
                .doesNotHaveDuplicates();
        assertThat(desired.next().differences(role)).hasSizeGreaterThan(2);
    }

    private static RoleRecord asAskedFor(DesiredResource desired) {
        var console = new InMemoryIam(InstantSource.system()).console();
        console.create(desired.role(), SoakMachine.ROLE_PATH, TRUST);
        var spec = desired.resource().getSpec();
        return console.edit(
                desired.role(),
                bare -> bare.withDescription(spec.role().description())
                        .withMaxSessionSeconds(spec.role().maxSessionDurationSeconds())
                        .withTags(Map.of("team", spec.role().tags().getOrDefault("team", "")))
                        .withAllAttached(spec.policies().managed().stream()
                                .map(name -> DesiredResource.MANAGED + name)
                                .toList())
                        .withAllInline(spec.policies().inline().stream()
                                .collect(Collectors.toMap(
                                        policy -> policy.name(),
                                        policy -> policy.document().toString()))));
    }
}
