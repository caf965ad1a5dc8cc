package dev.irsa.kubectl.diagnosis;

import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.PodIdentityAgent;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AccountFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that is known about the credentials of one ServiceAccount, and of one of its pods if there is one.
 *
 * @param proof the result of the proof; empty if none was asked for
 */
public record CredentialFacts(
        Instant now, Subject subject, ClusterFacts cluster, IssuerFacts issuer, AwsFacts aws, Optional<Proof> proof) {
    /**
     * What is examined.
     *
     * @param pod empty to examine the ServiceAccount only
     * @param container the examined container of the pod
     */
    public record Subject(
            String namespace, String serviceAccount, Optional<ObservedPod> pod, Optional<Container> container) {}

    /** Returns the examined pod; empty if only the ServiceAccount is examined. */
    public Optional<ObservedPod> pod() {
        return subject.pod();
    }

    public Optional<Container> container() {
        return subject.container();
    }

    /** Returns whether the pod gets its credentials from EKS Pod Identity, or would if it was created now. */
    public boolean usesPodIdentity() {
        return association().isPresent() || hasContainerCredentials();
    }

    boolean hasContainerCredentials() {
        return container().map(PodIdentityAgent::serves).orElse(false);
    }

    /** Returns the association; empty if there is none, or the pod uses IRSA because it runs on Fargate. */
    Optional<AssociationFacts> association() {
        return usesIrsaOnFargate()
                ? Optional.empty()
                : aws.association().known().flatMap(found -> found);
    }

    /** Returns the ARN of the cluster in EKS, as far as the association shows it. */
    Optional<String> clusterArn() {
        return association().flatMap(AssociationFacts::clusterArn);
    }

    private boolean usesIrsaOnFargate() {
        return pod().filter(ObservedPod::runsOnFargate).isPresent()
                && !hasContainerCredentials()
                && annotatedRole().or(this::environmentRole).isPresent();
    }

    Optional<AccountFacts> account() {
        return cluster.account().known().flatMap(found -> found);
    }

    /**
     * Returns the ID of the role that the operator created; empty if the IamServiceAccount names none, or if pods get another role than
     * its role in another account.
     */
    Optional<String> createdRoleId() {
        return cluster.resource()
                .known()
                .flatMap(found -> found)
                .filter(found -> found.elsewhere()
                        .map(role -> aws.roleArn().filter(role::is).isPresent())
                        .orElse(true))
                .flatMap(ResourceFacts::roleId);
    }

    /** Returns the IamServiceAccount whose role the pod should get, if the operator manages that role. */
    Optional<ResourceFacts> manager() {
        return cluster.resource()
                .known()
                .flatMap(found -> found)
                .filter(found -> found.roleArn().isPresent() && found.roleArn().equals(aws.roleArn()));
    }

    /** Returns the role in the annotation. The webhook ignores one without a value. */
    Optional<String> annotatedRole() {
        return account()
                .map(found -> found.annotations().get(DesiredServiceAccount.ROLE_ARN))
                .filter(role -> !role.isEmpty());
    }

    /** Returns the container's own value of the role; empty if it has none. */
    Optional<String> environmentRole() {
        return container().map(Container::environment).map(values -> values.get(PodIdentityWebhook.ROLE_ARN));
    }

    /** Returns the audience of the token: that of the volume of the pod, or else the one that the webhook would choose. */
    public String audience() {
        return pod().flatMap(ObservedPod::token)
                .map(ObservedPod.TokenVolume::audience)
                .filter(audience -> !audience.isEmpty())
                .or(() -> account().map(found -> found.annotations().get(DesiredServiceAccount.AUDIENCE)))
                .orElse(TokenSpec.DEFAULT_AUDIENCE);
    }

    public CredentialFacts withProof(Proof result) {
        return new CredentialFacts(now, subject, cluster, issuer, aws, Optional.of(result));
    }

    String tokenSubject() {
        return "system:serviceaccount:" + subject.namespace() + ":" + subject.serviceAccount();
    }

    /** Returns how the pod is created again. */
    String restart() {
        return pod().map(found -> "create the pod again: kubectl -n " + subject.namespace() + " delete pod "
                        + found.name() + ", or kubectl rollout restart its workload")
                .orElse("restart its pods");
    }
}
