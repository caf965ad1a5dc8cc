package dev.irsa.kubectl.diagnosis;

import static dev.irsa.core.trust.PodIdentitySession.ASSUME;
import static dev.irsa.core.trust.PodIdentitySession.SERVICE;
import static dev.irsa.core.trust.PodIdentitySession.TAG;

import dev.irsa.core.desired.SessionTagSize;
import dev.irsa.core.trust.PodIdentitySession;
import dev.irsa.core.trust.TrustCondition;
import dev.irsa.core.trust.TrustCondition.Verdict;
import dev.irsa.core.trust.TrustStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks whether the trust policy admits EKS Pod Identity. Sources: "Create an IAM role with trust policy required by EKS Pod
 * Identity" and "Grant Pods access to AWS resources based on tags" of the Amazon EKS user guide.
 */
final class PodIdentityTrustChecks {

    private PodIdentityTrustChecks() {}

    static Result trustRefusesPodIdentity(CredentialFacts facts) {
        return evaluate(
                facts,
                statements -> covers(statements, ASSUME)
                        ? Result.ok(SERVICE)
                        : Result.failed(
                                "no statement of the trust policy allows " + ASSUME + " to the service " + SERVICE,
                                "add the service to the trust policy of the role, with " + ASSUME + " and " + TAG));
    }

    static Result trustMissesTagSession(CredentialFacts facts) {
        return evaluate(
                facts,
                statements -> covers(statements, TAG)
                        ? Result.ok(TAG)
                        : Result.failed(
                                "the trust policy allows " + ASSUME + " to the service " + SERVICE + ", but not " + TAG,
                                "add " + TAG + " to the actions of that statement"));
    }

    static Result trustTagsDiffer(CredentialFacts facts) {
        return evaluate(facts, statements -> {
            if (TrustStatement.mayDeny(statements, ASSUME)) {
                return Result.notChecked("not decided: it has a statement that denies " + ASSUME);
            }
            Map<String, String> tags = tags(facts);
            List<TrustStatement> candidates = PodIdentitySession.admitting(statements, ASSUME);
            if (candidates.isEmpty()) {
                return Result.notApplicable();
            }
            if (candidates.stream().anyMatch(statement -> isMet(statement, tags))) {
                return Result.ok("its conditions are met");
            }
            if (candidates.stream().anyMatch(statement -> unmet(statement, tags).isEmpty())) {
                return Result.notChecked("not decided: it has conditions that are not evaluated");
            }
            return Result.failed(
                    "the trust policy requires "
                            + unmet(candidates.getFirst(), tags).orElseThrow() + " of " + facts.tokenSubject(),
                    "correct the condition in the trust policy of the role");
        });
    }

    static Result sessionTagsMayBeTooLarge(CredentialFacts facts, String clusterArn) {
        int podName = facts.pod().map(pod -> pod.name().length()).orElse(SessionTagSize.USUAL_POD_NAME);
        return SessionTagSize.warning(
                        clusterArn, facts.subject().namespace(), facts.subject().serviceAccount(), podName)
                .map(seen -> Result.warning(
                        seen,
                        "look for PackedPolicyTooLarge in the log of the EKS Pod Identity Agent; choose shorter names, or"
                                + " use IRSA"))
                .orElseGet(() -> Result.ok("they are short enough"));
    }

    private static Map<String, String> tags(CredentialFacts facts) {
        return new PodIdentitySession(
                        facts.clusterArn(),
                        facts.subject().namespace(),
                        facts.subject().serviceAccount())
                .request();
    }

    private static boolean isMet(TrustStatement statement, Map<String, String> tags) {
        return statement.conditions().stream().allMatch(condition -> condition.evaluate(tags) == Verdict.MET);
    }

    /** Returns the condition that is certainly not met; empty if there is none. */
    private static Optional<TrustCondition> unmet(TrustStatement statement, Map<String, String> tags) {
        return statement.conditions().stream()
                .filter(condition -> switch (condition.evaluate(tags)) {
                    case NOT_MET, WILDCARD_IS_LITERAL, KEY_OF_OTHER_ISSUER -> true;
                    case MET, UNDECIDED -> false;
                })
                .findFirst();
    }

    private static boolean covers(List<TrustStatement> statements, String action) {
        return !PodIdentitySession.admitting(statements, action).isEmpty();
    }

    private static Result evaluate(CredentialFacts facts, Function<List<TrustStatement>, Result> check) {
        if (!facts.usesPodIdentity()) {
            return Result.notApplicable();
        }
        return RoleChecks.unlessRestored(
                facts, RoleChecks.ofRole(facts, role -> check.apply(TrustStatement.of(role.trust()))));
    }
}
