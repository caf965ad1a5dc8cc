package dev.irsa.integration.permissions;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Attempt;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A role as it was read back from IAM, before the evaluator. */
public final class RoleInIam {
    private static final String TRUST = "trust policy";
    private static final String INLINE = "inline policy";

    private final String account;
    private final String arn;
    private final PolicyEvaluator evaluator;

    /**
     * A role with one inline policy.
     *
     * @param trust its trust policy, as JSON
     * @param inline its inline policy, as JSON
     */
    public RoleInIam(String account, String arn, String trust, String inline) {
        this.account = account;
        this.arn = arn;
        this.evaluator = new PolicyEvaluator(
                account, Map.of(TRUST, PolicyDocument.parse(trust), INLINE, PolicyDocument.parse(inline)));
    }

    /** A test for each of them: the role is theirs. */
    public Stream<DynamicTest> admits(Collection<Bearer> bearers) {
        return evaluator.allow(bearers.stream().map(this::assumes).toList());
    }

    /** A test for each of them: the role is not theirs. */
    public Stream<DynamicTest> refuses(Collection<Bearer> bearers) {
        return evaluator.deny(bearers.stream().map(this::assumes).toList());
    }

    /** Whoever has the role may do this. */
    public Stream<DynamicTest> permits(String action, String resource) {
        return evaluator.allow(List.of(does(action, resource)));
    }

    /** Whoever has the role may not do this. */
    public Stream<DynamicTest> forbids(String action, String resource) {
        return evaluator.deny(List.of(does(action, resource)));
    }

    private Attempt assumes(Bearer bearer) {
        String provider = bearer.issuer().replaceFirst("^https://", "");
        return Attempt.by(
                        "arn:aws:iam::" + account + ":oidc-provider/" + provider,
                        bearer.name(),
                        TRUST,
                        "sts:AssumeRoleWithWebIdentity",
                        arn)
                .with(provider + ":sub", bearer.subject())
                .with(provider + ":aud", bearer.audience());
    }

    private Attempt does(String action, String resource) {
        String session = "arn:aws:sts::" + account + ":assumed-role/" + arn.replaceFirst(".*/", "") + "/session";
        return new Attempt(action + " on " + resource, session, Set.of(INLINE), "", action, resource, new TreeMap<>());
    }

    /**
     * A caller with a token whose signature was verified.
     *
     * @param name how the test calls them
     * @param issuer the claim {@code iss}
     * @param subject the claim {@code sub}
     * @param audience the claim {@code aud}
     */
    public record Bearer(String name, String issuer, String subject, String audience) {}
}
