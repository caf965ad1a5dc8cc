package dev.irsa.core.access;

import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.PodIdentitySession;
import dev.irsa.core.trust.TrustStatement;
import dev.irsa.core.trust.WebIdentityTrust;
import dev.irsa.core.trust.WebIdentityTrust.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which ServiceAccounts of one cluster may assume a role, by its trust policy.
 *
 * @param statements those of the trust policy
 * @param provider the ARN of the cluster's OIDC provider in the account of the role
 * @param audiences the audiences that the provider accepts; a pod may request a token with any of them
 */
public record ClusterTrust(List<TrustStatement> statements, String provider, Set<String> audiences) {
    private static final String SUBJECT = "system:serviceaccount:";

    public ClusterTrust {
        statements = List.copyOf(statements);
        audiences = Set.copyOf(audiences);
    }

    /**
     * Returns what this trust policy says.
     *
     * @param audiences empty if they are not known: those that the trust policy names, and the usual one
     */
    public static ClusterTrust of(PolicyDocument trust, String provider, Optional<Set<String>> audiences) {
        List<TrustStatement> statements = TrustStatement.of(trust);
        return new ClusterTrust(statements, provider, audiences.orElseGet(() -> named(statements, provider)));
    }

    private static Set<String> named(List<TrustStatement> statements, String provider) {
        Set<String> named = new TreeSet<>(Set.of(TokenSpec.DEFAULT_AUDIENCE));
        statements.forEach(statement -> statement.literalValues(provider, "aud").ifPresent(named::addAll));
        return named;
    }

    /** Returns the subject of the tokens of a ServiceAccount. */
    public static String subject(String namespace, String serviceAccount) {
        return SUBJECT + namespace + ":" + serviceAccount;
    }

    /**
     * Returns the subjects that alone may be admitted; empty if it has to be decided for each ServiceAccount, because a statement admits
     * them by a pattern. With many roles and ServiceAccounts, evaluating all pairs would take minutes.
     */
    public Optional<Set<String>> onlySubjects() {
        Set<String> all = new TreeSet<>();
        for (TrustStatement statement : statements) {
            if (statement.mayAdmitTokensOf(provider)) {
                Optional<Set<String>> subjects = statement.literalValues(provider, "sub");
                if (subjects.isEmpty()) {
                    return Optional.empty();
                }
                all.addAll(subjects.get());
            }
        }
        return Optional.of(all);
    }

    /**
     * Returns whether it admits a token of a ServiceAccount. A condition that is not evaluated is a "perhaps".
     *
     * @return the reason of a "perhaps" as a clause; otherwise it is empty
     */
    public Admission webIdentity(String namespace, String serviceAccount) {
        return audiences.stream()
                .map(audience ->
                        WebIdentityTrust.of(statements, provider, subject(namespace, serviceAccount), audience))
                .map(ClusterTrust::admission)
                .min((one, other) -> one.answer().compareTo(other.answer()))
                .orElse(Admission.NO);
    }

    private static Admission admission(WebIdentityTrust trust) {
        if (trust.step() == Step.ADMITTED) {
            return Admission.YES;
        }
        return trust.step() == Step.UNDECIDED
                ? new Admission(Answer.PERHAPS, Optional.of("the trust policy: " + trust.detail()))
                : Admission.NO;
    }

    /** Returns whether it admits a session of EKS Pod Identity for an association of a ServiceAccount with the role. */
    public Admission podIdentity(PodIdentitySession session) {
        return switch (session.verdict(statements)) {
            case MET -> Admission.YES;
            case UNDECIDED ->
                new Admission(
                        Answer.PERHAPS,
                        Optional.of("the trust policy has conditions on EKS Pod Identity that are not evaluated"));
            default -> Admission.NO;
        };
    }

    /**
     * Whether a ServiceAccount is admitted.
     *
     * @param condition on what it depends, as a clause; empty unless the answer is "perhaps"
     */
    public record Admission(Answer answer, Optional<String> condition) {
        static final Admission YES = new Admission(Answer.YES, Optional.empty());
        static final Admission NO = new Admission(Answer.NO, Optional.empty());
    }
}
