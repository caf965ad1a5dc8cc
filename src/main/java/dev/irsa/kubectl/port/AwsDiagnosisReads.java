package dev.irsa.kubectl.port;

import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import java.util.Optional;

/**
 * Reads from AWS what decides about the credentials of a pod. Every method throws {@link FailureException} when AWS rejects the
 * call or is unavailable.
 */
public interface AwsDiagnosisReads {
    CallerIdentity caller();

    /** Returns a role with its trust policy; empty when IAM has no role of that name. */
    Optional<RoleFacts> role(String name);

    /** Returns the association of a ServiceAccount in an EKS cluster; empty when there is none. */
    Optional<AssociationFacts> association(String cluster, String namespace, String serviceAccount);

    /** Returns how the policies of a role decide about an action. Resource policies are not simulated. */
    SimulatedAction simulate(String roleArn, String action, String resource);
}
