package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.PodIdentityAgent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Checks whether the pod reaches the EKS Pod Identity Agent. */
final class AgentChecks {
    private static final String ADDRESS = PodIdentityAgent.IPV4;

    /** Some AWS SDKs also understand a network. */
    private static final Set<String> EXEMPT =
            Set.of("*", ADDRESS, PodIdentityAgent.IPV6, "169.254.170.0/24", "169.254.0.0/16");

    private AgentChecks() {}

    static Result podRunsOnFargate(CredentialFacts facts) {
        if (!facts.usesPodIdentity() || facts.pod().isEmpty()) {
            return Result.notApplicable();
        }
        return facts.pod().get().runsOnFargate()
                ? Result.failed(
                        "the pod runs on Fargate, where EKS Pod Identity does not work",
                        "delete the association and use IRSA, or run the pod on EC2")
                : Result.ok("the pod does not run on Fargate");
    }

    static Result agentIsMissing(CredentialFacts facts) {
        if (!facts.usesPodIdentity()) {
            return Result.notApplicable();
        }
        return facts.cluster()
                .agent()
                .check(agent -> agent.installed()
                        ? Result.ok("it is installed, or the cluster uses EKS Auto Mode")
                        : Result.failed(
                                "the DaemonSet " + PodIdentityAgent.NAMESPACE + "/" + PodIdentityAgent.NAME
                                        + " does not exist",
                                "run: aws eks create-addon --cluster-name NAME --addon-name " + PodIdentityAgent.NAME));
    }

    static Result agentIsNotReadyOnNode(CredentialFacts facts) {
        if (!facts.usesPodIdentity() || facts.pod().flatMap(pod -> pod.node()).isEmpty()) {
            return Result.notApplicable();
        }
        String node = facts.pod().get().node().orElseThrow();
        return facts.cluster()
                .agent()
                .then(agent -> agent.readyOnNode())
                .check(ready -> ready
                        ? Result.ok("node " + node)
                        : Result.failed(
                                "no ready pod of " + PodIdentityAgent.NAME + " runs on node " + node,
                                "run: kubectl -n " + PodIdentityAgent.NAMESPACE
                                        + " get pods -o wide --field-selector spec.nodeName=" + node));
    }

    static Result proxyHidesAgent(CredentialFacts facts) {
        if (!facts.usesPodIdentity() || facts.container().isEmpty()) {
            return Result.notApplicable();
        }
        Container container = facts.container().get();
        boolean proxy = Stream.of("HTTP_PROXY", "http_proxy")
                .anyMatch(name -> container.names().contains(name));
        if (!proxy || isExempt(container.environment())) {
            return Result.ok(proxy ? "NO_PROXY contains " + ADDRESS : "it uses no proxy");
        }
        boolean unknown = Stream.of("NO_PROXY", "no_proxy")
                .anyMatch(name -> container.names().contains(name)
                        && !container.environment().containsKey(name));
        if (unknown) {
            return Result.warning("NO_PROXY comes from a ConfigMap or a Secret, which is not read", remedy());
        }
        return Result.failed(
                "container " + container.name() + " uses a proxy for the agent at " + ADDRESS
                        + ", because NO_PROXY does not contain that address",
                remedy());
    }

    private static String remedy() {
        return "add " + ADDRESS + " (with IPv6: " + PodIdentityAgent.IPV6 + ") to NO_PROXY in the pod's template";
    }

    private static boolean isExempt(Map<String, String> environment) {
        return Stream.of("NO_PROXY", "no_proxy")
                .flatMap(
                        name -> Arrays.stream(environment.getOrDefault(name, "").split("[,\\s]+")))
                .anyMatch(EXEMPT::contains);
    }
}
