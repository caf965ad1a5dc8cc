package dev.irsa.kubectl.diagnosis;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.PodIdentityAgent;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the EKS Pod Identity association of the ServiceAccount, and whether the pod reaches the EKS Pod Identity Agent. */
final class PodIdentityChecks {
    private static final String ADDRESS = PodIdentityAgent.IPV4;

    /** Some AWS SDKs also understand a network. */
    private static final Set<String> EXEMPT =
            Set.of("*", ADDRESS, PodIdentityAgent.IPV6, "169.254.170.0/24", "169.254.0.0/16");

    private PodIdentityChecks() {}

    /** The pod keeps the settings for EKS Pod Identity after its association was deleted. */
    static Result associationWasDeleted(CredentialFacts facts) {
        return facts.aws()
                .association()
                .check(found -> found.map(AssociationFacts::arn)
                        .map(Result::ok)
                        .orElseGet(() -> Result.failed(
                                "the pod uses EKS Pod Identity, but its ServiceAccount has no association",
                                withoutAssociation(facts))));
    }

    /** The operator leaves an association alone that it did not create, and reports a conflict. */
    private static String withoutAssociation(CredentialFacts facts) {
        String restart = facts.restart() + " so that it uses the annotation of the ServiceAccount";
        return facts.cluster()
                .resource()
                .known()
                .flatMap(found -> found)
                .map(resource -> "do not create the association: with delivery " + Delivery.PodIdentity
                        + ", the operator creates it again within ten minutes by default, if IamServiceAccount "
                        + resource.name() + " is Ready; with " + Delivery.IRSA + ", " + restart)
                .orElseGet(() -> "create the association again, or " + restart);
    }

    static Result associationOverridesAnnotation(CredentialFacts facts, String annotated) {
        if (facts.association().isEmpty()) {
            return Result.notApplicable();
        }
        String associated = facts.association().get().roleArn();
        return associated.equals(annotated)
                ? Result.ok("both name " + associated + "; new pods use EKS Pod Identity")
                : Result.failed(
                        "the association names " + associated + ", the annotation names " + annotated
                                + "; new pods get the role of the association",
                        "remove the annotation, or delete the association");
    }

    static Result associationIsNewerThanPod(CredentialFacts facts, ObservedPod pod) {
        if (facts.association().isEmpty()) {
            return Result.notApplicable();
        }
        AssociationFacts association = facts.association().get();
        if (facts.hasContainerCredentials() || !association.createdAt().isAfter(pod.createdAt())) {
            return Result.ok("the association was created " + association.createdAt() + ", the pod " + pod.createdAt());
        }
        String seen =
                "the association was created " + association.createdAt() + ", after the pod at " + pod.createdAt();
        Optional<String> current = facts.environmentRole();
        return current.equals(Optional.of(association.roleArn()))
                ? Result.warning(seen + "; the pod uses IRSA with the same role", facts.restart())
                : Result.failed(seen + "; the pod does not use it", facts.restart());
    }

    static Result podRunsOnFargate(ObservedPod pod) {
        return pod.runsOnFargate()
                ? Result.failed(
                        "the pod runs on Fargate, which does not support EKS Pod Identity",
                        "run the pod on EC2, or use IRSA instead of the association")
                : Result.ok("the pod does not run on Fargate");
    }

    static Result agentIsMissing(CredentialFacts facts) {
        return facts.cluster()
                .agent()
                .check(agent -> agent.installed()
                        ? Result.ok("it is installed, or the cluster uses EKS Auto Mode")
                        : Result.failed(
                                "the DaemonSet " + PodIdentityAgent.NAMESPACE + "/" + PodIdentityAgent.NAME
                                        + " does not exist",
                                "run: aws eks create-addon --cluster-name NAME --addon-name " + PodIdentityAgent.NAME));
    }

    static Result agentIsNotReadyOnNode(CredentialFacts facts, String node) {
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

    static Result proxyHidesAgent(Container container) {
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
