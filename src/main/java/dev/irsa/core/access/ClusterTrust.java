package dev.irsa.core.access;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.PodIdentitySession;
import dev.irsa.core.trust.TrustStatement;
import dev.irsa.core.trust.WebIdentityTrust;
import dev.irsa.core.trust.WebIdentityTrust.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which ServiceAccounts of one cluster may assume a role, by its trust policy.
 *
 * @param statements those of the trust policy
 * @param providers the OIDC providers for the cluster in the account of the role
 */
public record ClusterTrust(List<TrustStatement> statements, List<Provider> providers) {
    private static final String SUBJECT = "system:serviceaccount:";

    public ClusterTrust {
        statements = List.copyOf(statements);
        providers = List.copyOf(providers);
    }

    /**
     * An OIDC provider for an issuer whose tokens the pods of the cluster have.
     *
     * @param arn as IAM spells it
     * @param audiences those that it accepts; a pod may request a token with any of them; empty if they are not known
     */
    public record Provider(String arn, Optional<Set<String>> audiences) {
        public Provider {
            audiences = audiences.map(Set::copyOf);
        }
    }

    /** Returns what this trust policy says. */
    public static ClusterTrust of(PolicyDocument trust, List<Provider> providers) {
        return new ClusterTrust(TrustStatement.of(trust), providers);
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
        for (Provider provider : providers) {
            for (TrustStatement statement : statements) {
                if (statement.mayAdmitTokensOf(provider.arn())) {
                    Optional<Set<String>> subjects = statement.literalValues(provider.arn(), "sub");
                    if (subjects.isEmpty()) {
                        return Optional.empty();
                    }
                    all.addAll(subjects.get());
                }
            }
        }
        return Optional.of(all);
    }

    /** Returns whether it admits a token of a ServiceAccount. */
    public Admission webIdentity(String namespace, String serviceAccount) {
        String subject = subject(namespace, serviceAccount);
        return providers.stream()
                .flatMap(provider -> admissions(provider, subject))
                .min((one, other) -> one.answer().compareTo(other.answer()))
                .orElse(Admission.NO);
    }

    private Stream<Admission> admissions(Provider provider, String subject) {
        if (provider.audiences().isEmpty()) {
            Admission open = admission(WebIdentityTrust.of(statements, provider.arn(), subject, Optional.empty()));
            return Stream.of(
                    open.answer() == Answer.NO
                            ? Admission.NO
                            : Admission.perhaps("the OIDC provider, which could not be read"));
        }
        return provider.audiences().get().stream()
                .map(audience -> WebIdentityTrust.of(statements, provider.arn(), subject, Optional.of(audience)))
                .map(ClusterTrust::admission);
    }

    private static Admission admission(WebIdentityTrust trust) {
        if (trust.step() == Step.ADMITTED) {
            return Admission.YES;
        }
        return trust.step() == Step.UNDECIDED ? Admission.perhaps("the trust policy: " + trust.detail()) : Admission.NO;
    }

    /** Returns whether it admits a session of EKS Pod Identity for an association of a ServiceAccount with the role. */
    public Admission podIdentity(PodIdentitySession session) {
        return switch (session.verdict(statements)) {
            case MET -> Admission.YES;
            case UNDECIDED -> Admission.perhaps("the trust policy: " + session.undecided(statements));
            default -> Admission.NO;
        };
    }

    /**
     * Whether a ServiceAccount is admitted.
     *
     * @param condition on what it depends, as a clause; empty unless the answer is "perhaps"
     */
    public record Admission(Answer answer, Optional<String> condition) {
        public static final Admission YES = new Admission(Answer.YES, Optional.empty());
        public static final Admission NO = new Admission(Answer.NO, Optional.empty());

        /** Returns that it depends on this. */
        public static Admission perhaps(String condition) {
            return new Admission(Answer.PERHAPS, Optional.of(condition));
        }
    }
}
