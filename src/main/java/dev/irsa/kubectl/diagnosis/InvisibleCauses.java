package dev.irsa.kubectl.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** Lists the causes that no check can see. They are worth reading only if no check failed. */
final class InvisibleCauses {
    private InvisibleCauses() {}

    static List<String> of(CredentialFacts facts) {
        List<String> notes = new ArrayList<>();
        boolean proven = facts.proof().filter(Proof.Accepted.class::isInstance).isPresent();
        if (proven) {
            notes.add("The AWS side works: the token and the trust policy are right. Look for the cause in the pod.");
        }
        if (facts.usesPodIdentity() && facts.proof().isPresent()) {
            notes.add("There is no proof for EKS Pod Identity: only its agent can exchange the token.");
        }
        notes.add(
                facts.usesPodIdentity()
                        ? "Not visible from outside: an AWS SDK that is too old for EKS Pod Identity; see \"Use a supported AWS"
                                + " SDK\" in the Amazon EKS user guide."
                        : "Not visible from outside: an AWS SDK that is too old, or Java without the sts module. Both use"
                                + " the credentials of the node. Minimum versions: Java v2 2.10.11, boto3 1.9.220, Go v1"
                                + " 1.23.13, CLI 1.16.232, .NET 3.3.659.1.");
        notes.add(
                facts.usesPodIdentity()
                        ? "Not visible from outside: whether the node reaches the EKS Auth API, and whether its role allows"
                                + " eks-auth:AssumeRoleForPodIdentity."
                        : "Not visible from outside: whether the pod reaches AWS STS (NAT, VPC endpoint and its policy, enabled"
                                + " region).");
        if (!proven) {
            notes.add("Not visible from outside: service control policies and resource control policies of the"
                    + " organization; look for AccessDenied in CloudTrail.");
        }
        notes.add("Not visible from outside: credentials that the image of the container contains or sets, and the hop"
                + " limit of the node's metadata service.");
        return notes;
    }
}
