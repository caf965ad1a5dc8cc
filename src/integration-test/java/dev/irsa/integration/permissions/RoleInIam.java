package dev.irsa.integration.permissions;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Attempt;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Evaluates the policies of a role that was read from IAM. */
public final class RoleInIam {
    private static final String TRUST = "trust policy";
    private static final String INLINE = "inline policy";

    private final String account;
    private final String arn;
    private final PolicyEvaluator evaluator;

    /**
     * Creates an evaluator for a role with one inline policy.
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

    /** Returns a test for each caller, who must be able to assume the role. */
    public Stream<DynamicTest> trusts(Collection<Bearer> bearers) {
        return evaluator.allow(bearers.stream().map(this::assumes).toList());
    }

    /** Returns a test for each caller, who must not be able to assume the role. */
    public Stream<DynamicTest> rejects(Collection<Bearer> bearers) {
        return evaluator.deny(bearers.stream().map(this::assumes).toList());
    }

    /** Returns the names of the callers who can assume the role. */
    public Set<String> admitted(Collection<Bearer> bearers) {
        return evaluator.decisions(bearers.stream().map(this::assumes).toList()).entrySet().stream()
                .filter(decision -> decision.getValue().equals("Allowed"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Returns a test that the role allows this action on a resource of its account. */
    public Stream<DynamicTest> allows(String action, String resource) {
        return evaluator.allow(List.of(action(action, resource)));
    }

    /** Returns a test that the role denies this action on a resource of its account. */
    public Stream<DynamicTest> denies(String action, String resource) {
        return evaluator.deny(List.of(action(action, resource)));
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

    private Attempt action(String action, String resource) {
        String session = "arn:aws:sts::" + account + ":assumed-role/" + arn.replaceFirst(".*/", "") + "/session";
        return new Attempt(action + " on " + resource, session, Set.of(INLINE), "", action, resource, new TreeMap<>())
                .with("aws:ResourceAccount", account);
    }

    /**
     * A caller with a token whose signature was verified.
     *
     * @param name the name of the test
     * @param issuer the claim {@code iss}
     * @param subject the claim {@code sub}
     * @param audience the claim {@code aud}
     */
    public record Bearer(String name, String issuer, String subject, String audience) {}
}
