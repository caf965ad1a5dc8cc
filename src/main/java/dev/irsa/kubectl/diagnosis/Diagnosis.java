package dev.irsa.kubectl.diagnosis;

import dev.irsa.kubectl.diagnosis.Result.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of all checks.
 *
 * @param findings in the order of the chain
 * @param notes what no check can see, if that may be the cause; each is a sentence
 */
public record Diagnosis(List<Finding> findings, List<String> notes) {
    /** Begins what a check says that depends on one that failed. */
    public static final String DEPENDS_ON = "depends on: ";

    public Diagnosis {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Examines every cause. */
    public static Diagnosis of(CredentialFacts facts) {
        Map<Cause, Cause> blocked = new EnumMap<>(Cause.class);
        List<Finding> findings = new ArrayList<>();
        for (Cause cause : Cause.values()) {
            Result result = cause.examine(facts);
            Optional<Cause> root = cause.mayFollowFrom().stream()
                    .filter(blocked::containsKey)
                    .findFirst()
                    .map(blocked::get);
            if (root.isPresent()) {
                blocked.put(cause, root.get());
                // A check that has no meaning here still passes on what it may follow from.
                result = result.outcome() == Outcome.NotApplicable
                        ? result
                        : Result.notChecked(DEPENDS_ON + root.get().title());
            } else if (result.isFailed()) {
                blocked.put(cause, cause);
            }
            if (result.outcome() != Outcome.NotApplicable) {
                findings.add(new Finding(cause, result));
            }
        }
        boolean failed = findings.stream().anyMatch(finding -> finding.result().isFailed());
        return new Diagnosis(findings, failed ? List.of() : invisibleCauses(facts));
    }

    /** Lists the causes that no check can see. They are worth reading only if no check failed. */
    private static List<String> invisibleCauses(CredentialFacts facts) {
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

    /** Returns the first cause that was found; empty if none was. */
    public Optional<Finding> firstFailed() {
        return findings.stream().filter(finding -> finding.result().isFailed()).findFirst();
    }

    /** A check with its result. */
    public record Finding(Cause cause, Result result) {}
}
