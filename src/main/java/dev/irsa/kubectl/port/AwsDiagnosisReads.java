package dev.irsa.kubectl.port;

import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads from AWS what decides about the credentials of a pod. Every method throws {@link FailureException} when AWS rejects the
 * call or is unavailable.
 */
public interface AwsDiagnosisReads {
    CallerIdentity caller();

    /** Returns a role with its trust policy; empty when IAM has no role of that name. */
    Optional<RoleFacts> role(String name);

    /** Returns the documents of the policies of a role, by name or ARN. */
    SortedMap<String, PolicyDocument> policies(String roleName);

    /** Returns a permissions boundary; empty when the policy does not exist. */
    Optional<PermissionsBoundary> boundary(String arn);

    /** Returns the association of a ServiceAccount in an EKS cluster; empty when there is none. */
    Optional<AssociationFacts> association(String cluster, String namespace, String serviceAccount);

    /** Returns how the policies of a role decide about an action. Resource policies are not simulated. */
    SimulatedAction simulate(String roleArn, String action, String resource);
}
