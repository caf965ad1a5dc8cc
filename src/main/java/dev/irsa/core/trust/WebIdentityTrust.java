package dev.irsa.core.trust;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.TrustCondition.Verdict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far a trust policy admits a web identity token.
 *
 * @param step how far the best statement goes
 * @param detail what the statement says at that step
 */
public record WebIdentityTrust(Step step, String detail) {
    private static final String ACTION = "sts:AssumeRoleWithWebIdentity";

    /** The steps of the evaluation. The token is stopped at this step, in this order. */
    public enum Step {
        ISSUER,
        ACTION,
        CONDITION_KEY,
        WILDCARD,
        SUBJECT,
        AUDIENCE,
        UNDECIDED,
        ADMITTED
    }

    /**
     * Evaluates a trust policy.
     *
     * @param provider the ARN of the OIDC provider of the token's issuer
     */
    public static WebIdentityTrust of(PolicyDocument trust, String provider, String subject, String audience) {
        return of(TrustStatement.of(trust), provider, subject, Optional.of(audience));
    }

    /**
     * Does the same with the statements of a trust policy, for a caller that asks about many subjects.
     *
     * @param audience empty if it is not known, so that no condition on it is decided
     */
    public static WebIdentityTrust of(
            List<TrustStatement> statements, String provider, String subject, Optional<String> audience) {
        String name = provider.substring(provider.indexOf('/') + 1);
        Map<String, String> claims = new HashMap<>(Map.of(name + ":sub", subject));
        audience.ifPresent(known -> claims.put(name + ":aud", known));
        Map<String, String> token = TrustCondition.request(claims);
        WebIdentityTrust best = statements.stream()
                .filter(TrustStatement::allows)
                .map(statement -> evaluate(statement, provider, token))
                .max(Comparator.comparing(WebIdentityTrust::step))
                .filter(found -> found.step() != Step.ISSUER)
                .orElseGet(() -> new WebIdentityTrust(Step.ISSUER, "it names " + providers(statements)));
        return best.step() == Step.ADMITTED && TrustStatement.mayDeny(statements, ACTION)
                ? new WebIdentityTrust(Step.UNDECIDED, "it has a statement that denies " + ACTION)
                : best;
    }

    private static String providers(List<TrustStatement> statements) {
        String names = statements.stream()
                .flatMap(statement -> statement.federated().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "no OIDC provider" : names;
    }

    private static WebIdentityTrust evaluate(TrustStatement statement, String provider, Map<String, String> token) {
        if (!statement.isDecidable()) {
            return new WebIdentityTrust(Step.UNDECIDED, "it has NotAction or NotPrincipal");
        }
        if (!statement.mayAdmitTokensOf(provider)) {
            return new WebIdentityTrust(Step.ISSUER, "");
        }
        if (!statement.covers(ACTION)) {
            return new WebIdentityTrust(Step.ACTION, "it allows " + statement.actions());
        }
        List<WebIdentityTrust> steps = statement.conditions().stream()
                .map(condition -> step(condition, token))
                .toList();
        WebIdentityTrust first = steps.stream()
                .min(Comparator.comparing(WebIdentityTrust::step))
                .orElse(new WebIdentityTrust(Step.ADMITTED, "no conditions"));
        return first.step() == Step.UNDECIDED ? new WebIdentityTrust(Step.UNDECIDED, undecided(steps)) : first;
    }

    private static String undecided(List<WebIdentityTrust> steps) {
        return steps.stream()
                .filter(step -> step.step() == Step.UNDECIDED)
                .map(WebIdentityTrust::detail)
                .collect(Collectors.joining(" and "));
    }

    private static WebIdentityTrust step(TrustCondition condition, Map<String, String> token) {
        Verdict verdict = condition.evaluate(token);
        boolean audience = condition.lowerCaseKey().endsWith(":aud");
        Step step = switch (verdict) {
            case MET -> Step.ADMITTED;
            case UNDECIDED -> Step.UNDECIDED;
            case KEY_OF_OTHER_ISSUER -> Step.CONDITION_KEY;
            case WILDCARD_IS_LITERAL -> Step.WILDCARD;
            case NOT_MET -> audience ? Step.AUDIENCE : Step.SUBJECT;
        };
        return new WebIdentityTrust(step, condition.toString());
    }
}
