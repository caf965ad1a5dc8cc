package dev.irsa.core.trust;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.policy.OidcProviderArn;
import dev.irsa.core.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whether a trust policy admits one ServiceAccount and no other principal. The operator replaces the whole trust policy of a role
 * that it adopts, so every other principal would lose the role.
 */
public sealed interface ExclusiveTrust {
    /** Follows whom a statement admits under conditions. */
    String LIMITED = ", limited by conditions";

    /** Comes before the ARN of an OIDC provider. */
    String TOKENS_OF = "tokens of ";

    /**
     * It admits only this ServiceAccount.
     *
     * @param audiences that its token may have; empty: every audience
     */
    record Exclusive(SortedSet<String> audiences) implements ExclusiveTrust {
        public Exclusive {
            audiences = Sorted.copyOf(audiences);
        }
    }

    /**
     * It admits others too.
     *
     * @param others each in words, such as "ServiceAccount payments/other"
     */
    record Shared(List<String> others) implements ExclusiveTrust {
        public Shared {
            others = List.copyOf(others);
        }
    }

    /**
     * It does not admit this ServiceAccount.
     *
     * @param why to be read after "the trust policy does not admit it:"
     */
    record NotAdmitted(String why) implements ExclusiveTrust {}

    /**
     * It restricts access in a way that the operator's trust policy does not have.
     *
     * @param what to be read after "the trust policy has"
     */
    record Restricted(String what) implements ExclusiveTrust {}

    /**
     * Evaluates a trust policy.
     *
     * @param provider the ARN of the cluster's OIDC provider
     * @param subject the subject of the tokens of the ServiceAccount
     * @param audience the audience of its tokens
     */
    static ExclusiveTrust of(PolicyDocument trust, String provider, String subject, String audience) {
        List<String> others = new ArrayList<>();
        TreeSet<String> audiences = new TreeSet<>();
        boolean anyAudience = false;
        Optional<String> unknown = TrustGrammar.unknownElement(trust);
        if (unknown.isPresent()) {
            return new Restricted(unknown.get());
        }
        for (TrustStatement statement : TrustStatement.of(trust)) {
            if (!statement.allows()) {
                return new Restricted("a statement that denies access");
            }
            others.addAll(others(statement, provider, Set.of(subject)));
            if (statement.names(provider)) {
                List<TrustCondition> foreign = statement.conditions().stream()
                        .filter(condition -> !isUnderstood(condition, provider))
                        .toList();
                if (!foreign.isEmpty()) {
                    return new Restricted("the condition " + foreign.getFirst());
                }
                Set<String> allowed = values(statement, provider, ":aud");
                anyAudience = anyAudience || allowed.isEmpty();
                audiences.addAll(allowed);
            }
        }
        WebIdentityTrust admission = WebIdentityTrust.of(trust, provider, subject, audience);
        if (admission.step() != WebIdentityTrust.Step.ADMITTED) {
            return new NotAdmitted(admission.detail());
        }
        return others.isEmpty()
                ? new Exclusive(anyAudience ? new TreeSet<>() : audiences)
                : new Shared(others.stream().distinct().toList());
    }

    /**
     * Returns whom a trust policy may admit beside these ServiceAccounts, each in words. Its conditions are not evaluated, except those that
     * name ServiceAccounts.
     *
     * @param subjects the subjects of the tokens of the ServiceAccounts
     */
    static List<String> others(PolicyDocument trust, String provider, Set<String> subjects) {
        return TrustStatement.of(trust).stream()
                .filter(statement -> statement.allows() && admits(statement))
                .flatMap(statement -> others(statement, provider, subjects).stream()
                        .map(other -> isLimited(statement, provider) ? other + LIMITED : other))
                .distinct()
                .toList();
    }

    /** Returns whether a statement is about more than the tags or the source identity of sessions. */
    private static boolean admits(TrustStatement statement) {
        return !statement.isDecidable()
                || Stream.of("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML")
                        .anyMatch(statement::covers);
    }

    /** Returns whether conditions that are not evaluated limit whom a statement admits. */
    private static boolean isLimited(TrustStatement statement, String provider) {
        return statement.conditions().stream().anyMatch(condition -> !isUnderstood(condition, provider));
    }

    /** Returns the values that conditions on a key of the token name; empty without such a condition. */
    private static Set<String> values(TrustStatement statement, String provider, String suffix) {
        TreeSet<String> values = new TreeSet<>();
        statement.conditions().stream()
                .filter(condition -> condition.lowerCaseKey().equals(key(provider, suffix)))
                .forEach(condition -> values.addAll(condition.values()));
        return values;
    }

    /** Returns whether the condition only says whom the statement admits. */
    private static boolean isUnderstood(TrustCondition condition, String provider) {
        String operator = condition.operator().toLowerCase(Locale.ROOT);
        String key = condition.lowerCaseKey();
        return (operator.equals("stringequals") || operator.equals("stringlike"))
                && (key.equals(key(provider, ":sub")) || key.equals(key(provider, ":aud")));
    }

    private static String key(String provider, String suffix) {
        return provider.substring(provider.indexOf('/') + 1).toLowerCase(Locale.ROOT) + suffix;
    }

    /** Returns whom a statement admits beside the ServiceAccounts, each in words. */
    private static List<String> others(TrustStatement statement, String provider, Set<String> known) {
        List<String> others = new ArrayList<>();
        if (!statement.isDecidable()) {
            others.add("everyone whom NotPrincipal or NotAction does not exclude");
        }
        if (statement.anyPrincipal()) {
            others.add("every principal");
        }
        statement.principals().forEach(principal -> others.add("principal " + principal));
        statement.services().forEach(service -> others.add("service " + service));
        statement.federated().stream()
                .filter(other -> !OidcProviderArn.mayBeSame(other, provider))
                .forEach(other -> others.add(TOKENS_OF + other));
        if (statement.names(provider)) {
            others.addAll(subjects(statement, provider, known));
        }
        return others;
    }

    private static List<String> subjects(TrustStatement statement, String provider, Set<String> known) {
        String key = key(provider, ":sub");
        // All conditions have to be met, so the shortest list of subjects is an upper bound.
        return statement.conditions().stream()
                .filter(condition -> condition.lowerCaseKey().equals(key) && isUnderstood(condition, provider))
                .map(condition -> otherSubjects(condition.values(), known))
                .min((one, other) -> Integer.compare(one.size(), other.size()))
                .orElse(List.of("every ServiceAccount of the cluster"));
    }

    private static List<String> otherSubjects(Set<String> subjects, Set<String> known) {
        return new TreeSet<>(subjects)
                .stream()
                        .filter(other -> !known.contains(other))
                        .map(ExclusiveTrust::named)
                        .toList();
    }

    private static String named(String subject) {
        String prefix = "system:serviceaccount:";
        return subject.startsWith(prefix)
                ? "ServiceAccount " + subject.substring(prefix.length()).replaceFirst(":", "/")
                : "subject " + subject;
    }
}
