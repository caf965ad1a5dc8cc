package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.observed.ObservedPod;
import java.util.Optional;

/** Checks the EKS Pod Identity association of the ServiceAccount. */
final class AssociationChecks {
    private AssociationChecks() {}

    /** The pod keeps the settings for EKS Pod Identity after its association was deleted. */
    static Result associationWasDeleted(CredentialFacts facts) {
        if (!facts.usesPodIdentity()) {
            return Result.notApplicable();
        }
        return facts.aws()
                .association()
                .check(found -> found.map(AssociationFacts::arn)
                        .map(Result::ok)
                        .orElseGet(() -> Result.failed(
                                "the pod uses EKS Pod Identity, but its ServiceAccount has no association",
                                "create the association again, or " + facts.restart()
                                        + " so that it uses the annotation of the ServiceAccount")));
    }

    static Result associationOverridesAnnotation(CredentialFacts facts) {
        if (facts.association().isEmpty() || facts.annotatedRole().isEmpty()) {
            return Result.notApplicable();
        }
        String associated = facts.association().get().roleArn();
        String annotated = facts.annotatedRole().get();
        return associated.equals(annotated)
                ? Result.ok("both name " + associated + "; new pods use EKS Pod Identity")
                : Result.failed(
                        "the association names " + associated + ", the annotation names " + annotated
                                + "; new pods get the role of the association",
                        "remove the annotation, or delete the association");
    }

    static Result associationIsNewerThanPod(CredentialFacts facts) {
        if (facts.association().isEmpty() || facts.pod().isEmpty()) {
            return Result.notApplicable();
        }
        AssociationFacts association = facts.association().get();
        ObservedPod pod = facts.pod().get();
        if (facts.hasContainerCredentials() || !association.createdAt().isAfter(pod.createdAt())) {
            return Result.ok("the association was created " + association.createdAt() + ", the pod " + pod.createdAt());
        }
        String seen =
                "the association was created " + association.createdAt() + ", after the pod at " + pod.createdAt();
        Optional<String> current = AccountChecks.environmentRole(facts);
        return current.equals(Optional.of(association.roleArn()))
                ? Result.warning(seen + "; the pod uses IRSA with the same role", facts.restart())
                : Result.failed(seen + "; the pod does not use it", facts.restart());
    }
}
