package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator manages a few associations in a cluster whose quota others have filled. */
@Tag("soak")
@ExtendWith(SharedMachine.class)
class ManyAssociationsIT {
    private static final int FOREIGN = 5000;
    private static final int PAGES = 1 + FOREIGN / 100;
    private static final int SWEEPS = 20;
    private static final long GROWTH_KIB = 16 * 1024;

    @Test
    void listsAssociationsOfOthersAndTouchesNone(ControlPlane controlPlane, Kubectl kubectl) throws IOException {
        try (Ministack aws = Ministack.start();
                EksCluster _ = EksCluster.create(aws, TestEnvironment.CLUSTER);
                FaultProxy proxy = FaultProxy.before(aws.endpoint())) {
            TestEnvironment env = TestEnvironment.withoutProvider(controlPlane, aws.endpoint(), proxy, kubectl);
            OperatorLaunch launch =
                    env.sweeping().withArguments("--oidc-provider=Create", "--pod-identity-agent=assume");
            try (OperatorProcess operator = launch.startReady()) {
                ResourceGroup resources = ResourceGroup.apply(
                        env, env.namespace(), "{delivery: [PodIdentity]}", List.of("a", "b", "c", "d", "e"));
                sweep(proxy, operator, "no others");
                String versions = versions(resources);

                proxy.addForeignAssociations(FOREIGN);
                sweep(proxy, operator, "5000 others, first");
                long memory = operator.residentKiB();
                Map<String, Long> calls = sweep(proxy, operator, "5000 others, again");

                assertThat(calls)
                        .containsOnlyKeys(
                                "eks:ListPodIdentityAssociations",
                                "eks:DescribePodIdentityAssociation",
                                "iam:GetAccountAuthorizationDetails",
                                "iam:GetOpenIDConnectProvider",
                                "iam:ListRoles");
                assertThat(calls.get("eks:ListPodIdentityAssociations")).isGreaterThanOrEqualTo((long) PAGES * SWEEPS);
                assertThat(calls.get("eks:DescribePodIdentityAssociation")).isLessThanOrEqualTo(11L * (SWEEPS + 2));
                assertThat(operator.residentKiB() - memory).isLessThan(GROWTH_KIB);
                assertThat(versions(resources)).isEqualTo(versions);
                assertThat(operator.log()).doesNotContain("foreign", "AssociationsOrphaned");
                OperatorLog.assertNoStackTrace(operator.log());
                resources.beginDeletion();
                resources.names().forEach(name -> resources.subject(name).awaitGone());
            }
            env.iam().close();
        }
    }

    private static String versions(ResourceGroup resources) {
        return resources.first().field("iamsa", "{.items[*].metadata.resourceVersion}");
    }

    /** Waits for some sweeps, prints what they cost, and returns the calls. */
    private static Map<String, Long> sweep(FaultProxy proxy, OperatorProcess operator, String what) {
        proxy.calls().clear();
        Instant begin = Instant.now();
        Duration cpu = operator.cpu();
        Metrics.awaitSweeps(operator, SWEEPS);
        Map<String, Long> calls = proxy.calls().take();
        System.out.printf(
                "MEASURED %s: %d s, CPU %s, resident %d MiB, calls %s%n",
                what,
                Duration.between(begin, Instant.now()).toSeconds(),
                operator.cpu().minus(cpu),
                operator.residentKiB() / 1024,
                calls);
        return calls;
    }
}
