package dev.irsa.core.trust;

import dev.irsa.core.trust.TrustCondition.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A session that EKS Pod Identity requests for a pod.
 *
 * <p>Sources: "Create an IAM role with trust policy required by EKS Pod Identity" and "Grant Pods access to AWS resources based on
 * tags" of the Amazon EKS user guide.
 *
 * @param clusterArn empty if it is not known
 */
public record PodIdentitySession(Optional<String> clusterArn, String namespace, String serviceAccount) {
    /** The service that assumes the role. */
    public static final String SERVICE = "pods.eks.amazonaws.com";

    public static final String ASSUME = "sts:AssumeRole";
    public static final String TAG = "sts:TagSession";

    /** Returns the tags of the session that conditions can name, as keys of the request. */
    public Map<String, String> request() {
        Map<String, String> tags = new HashMap<>();
        tags.put("aws:RequestTag/kubernetes-namespace", namespace);
        tags.put("aws:RequestTag/kubernetes-service-account", serviceAccount);
        clusterArn.ifPresent(cluster -> tags.put("aws:RequestTag/eks-cluster-arn", cluster));
        return TrustCondition.request(tags);
    }

    /** Returns whether a trust policy admits the session: MET, NOT_MET or UNDECIDED. */
    public Verdict verdict(List<TrustStatement> statements) {
        Verdict assume = verdict(statements, ASSUME);
        Verdict tag = verdict(statements, TAG);
        if (assume == Verdict.NOT_MET || tag == Verdict.NOT_MET) {
            return Verdict.NOT_MET;
        }
        boolean certain = assume == Verdict.MET
                && tag == Verdict.MET
                && !TrustStatement.mayDeny(statements, ASSUME)
                && !TrustStatement.mayDeny(statements, TAG);
        return certain ? Verdict.MET : Verdict.UNDECIDED;
    }

    private Verdict verdict(List<TrustStatement> statements, String action) {
        Map<String, String> request = request();
        boolean possible = false;
        for (TrustStatement statement : admitting(statements, action)) {
            List<Verdict> verdicts = statement.conditions().stream()
                    .map(condition -> condition.evaluate(request))
                    .toList();
            if (statement.isDecidable() && verdicts.stream().allMatch(Verdict.MET::equals)) {
                return Verdict.MET;
            }
            possible |= verdicts.stream().allMatch(verdict -> verdict == Verdict.MET || verdict == Verdict.UNDECIDED);
        }
        return possible ? Verdict.UNDECIDED : Verdict.NOT_MET;
    }

    /** Returns the conditions, and whatever else, that leave the verdict open, in words. */
    public String undecided(List<TrustStatement> statements) {
        Map<String, String> request = request();
        String conditions = admitting(statements, ASSUME).stream()
                .flatMap(statement -> statement.conditions().stream())
                .filter(condition -> condition.evaluate(request) == Verdict.UNDECIDED)
                .map(TrustCondition::toString)
                .distinct()
                .collect(Collectors.joining(" and "));
        return conditions.isEmpty() ? "a statement that denies, or that has NotAction or NotPrincipal" : conditions;
    }

    /** Returns the statements that admit the service to an action, if their conditions are met. */
    public static List<TrustStatement> admitting(List<TrustStatement> statements, String action) {
        return statements.stream()
                .filter(statement -> statement.allows()
                        && (!statement.isDecidable()
                                || (statement.services().contains(SERVICE) && statement.covers(action))))
                .toList();
    }
}
