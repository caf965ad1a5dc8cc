package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.trust.WebIdentityTrust;
import dev.irsa.core.trust.WebIdentityTrust.Step;
import dev.irsa.kubectl.diagnosis.AwsFacts.ProviderFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Checks whether the trust policy admits the web identity token. */
final class TrustChecks {
    private static final String CHANGE = "; change the trust policy of the role";

    private TrustChecks() {}

    static Result trustNamesOtherIssuer(CredentialFacts facts) {
        return evaluate(facts, (trust, provider) -> switch (trust.step()) {
            case ISSUER ->
                Result.failed(
                        "the trust policy does not name " + provider + "; " + trust.detail(),
                        "the role may belong to another cluster; add a statement for this provider" + CHANGE);
            case CONDITION_KEY ->
                Result.failed(
                        "the statement for " + provider + " has a condition key of another issuer: " + trust.detail(),
                        "use the name of this provider in the condition keys" + CHANGE);
            case ACTION, WILDCARD, SUBJECT, AUDIENCE, UNDECIDED, ADMITTED -> Result.ok(provider);
        });
    }

    static Result trustDoesNotAllowAction(CredentialFacts facts) {
        return stoppedAt(
                Step.ACTION,
                facts,
                trust -> Result.failed(
                        "the statement for the OIDC provider does not allow sts:AssumeRoleWithWebIdentity; "
                                + trust.detail(),
                        "allow sts:AssumeRoleWithWebIdentity" + CHANGE),
                Result.notApplicable());
    }

    static Result wildcardIsLiteral(CredentialFacts facts) {
        return stoppedAt(
                Step.WILDCARD,
                facts,
                trust -> Result.failed(
                        "wildcards are literal under StringEquals: " + trust.detail(),
                        "use StringLike, or the exact value" + CHANGE),
                Result.notApplicable());
    }

    static Result subjectDiffers(CredentialFacts facts) {
        return stoppedAt(
                Step.SUBJECT,
                facts,
                trust -> Result.failed(
                        "the token has the subject " + facts.tokenSubject() + ", the trust policy requires "
                                + trust.detail(),
                        "admit " + facts.tokenSubject() + CHANGE),
                Result.ok(facts.tokenSubject()));
    }

    static Result audienceDiffers(CredentialFacts facts) {
        Result result = stoppedAt(
                Step.AUDIENCE,
                facts,
                trust -> Result.failed(
                        "the token has the audience " + facts.audience() + ", the trust policy requires "
                                + trust.detail(),
                        "admit the audience " + facts.audience() + ", or correct the annotation "
                                + DesiredServiceAccount.AUDIENCE + CHANGE),
                Result.ok(facts.audience()));
        return result.isFailed() && facts.manager().isPresent()
                ? Result.failed(
                        result.seen(),
                        "correct the audience of the pod's token volume or the annotation "
                                + DesiredServiceAccount.AUDIENCE
                                + ", or set spec.token.audience of the IamServiceAccount to " + facts.audience())
                : result;
    }

    static Result trustIsUndecided(CredentialFacts facts) {
        return evaluate(
                facts,
                (trust, _) -> trust.step() == Step.UNDECIDED
                        ? Result.notChecked("not decided: " + trust.detail())
                        : Result.notApplicable());
    }

    /**
     * Returns the failure if the trust policy stops the token at this step. A trust policy that is not decided has one line of its
     * own.
     */
    private static Result stoppedAt(
            Step step, CredentialFacts facts, Function<WebIdentityTrust, Result> failure, Result passed) {
        return evaluate(facts, (trust, _) -> {
            if (trust.step() == step) {
                return failure.apply(trust);
            }
            return trust.step() == Step.UNDECIDED ? Result.notApplicable() : passed;
        });
    }

    private static Result evaluate(CredentialFacts facts, BiFunction<WebIdentityTrust, String, Result> result) {
        if (facts.usesPodIdentity()) {
            return Result.notApplicable();
        }
        return RoleChecks.unlessRestored(
                facts,
                RoleChecks.ofRole(
                        facts,
                        role -> provider(facts, role)
                                .check(provider -> result.apply(
                                        WebIdentityTrust.of(
                                                role.trust(), provider, facts.tokenSubject(), facts.audience()),
                                        provider))));
    }

    /** Returns the ARN of the provider; if IAM cannot be asked for it, the ARN that the issuer's URL gives. */
    private static Evidence<String> provider(CredentialFacts facts, RoleFacts role) {
        Optional<String> known = facts.aws().provider().known().map(ProviderFacts::arn);
        return known.map(Evidence::of)
                .orElseGet(() -> facts.issuer()
                        .url()
                        .then(url ->
                                Evidence.of(role.arn().substring(0, role.arn().indexOf(":role/")) + ":oidc-provider/"
                                        + url.replaceFirst("^https://", ""))));
    }
}
