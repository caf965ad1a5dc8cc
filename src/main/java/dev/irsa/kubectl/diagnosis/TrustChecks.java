package dev.irsa.kubectl.diagnosis;

import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.ProviderFacts;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.trust.WebIdentityTrust;
import dev.irsa.core.trust.WebIdentityTrust.Step;
import java.util.Optional;
import java.util.function.BiFunction;

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
                (trust, _) -> Result.failed(
                        "the statement for the OIDC provider does not allow sts:AssumeRoleWithWebIdentity; "
                                + trust.detail(),
                        "allow sts:AssumeRoleWithWebIdentity" + CHANGE));
    }

    static Result wildcardIsLiteral(CredentialFacts facts) {
        return stoppedAt(
                Step.WILDCARD,
                facts,
                (trust, _) -> Result.failed(
                        "wildcards are literal under StringEquals: " + trust.detail(),
                        "use StringLike, or the exact value" + CHANGE));
    }

    static Result subjectDiffers(CredentialFacts facts) {
        return stoppedAt(
                Step.SUBJECT,
                facts,
                (trust, _) -> Result.failed(
                        "the token has the subject " + facts.tokenSubject() + ", the trust policy requires "
                                + trust.detail(),
                        "admit " + facts.tokenSubject() + CHANGE));
    }

    static Result audienceDiffers(CredentialFacts facts) {
        return stoppedAt(
                Step.AUDIENCE,
                facts,
                (trust, _) -> Result.failed(
                        "the token has the audience " + facts.audience() + ", the trust policy requires "
                                + trust.detail(),
                        "admit the audience " + facts.audience() + ", or correct the annotation "
                                + DesiredServiceAccount.AUDIENCE + CHANGE));
    }

    static Result trustIsUndecided(CredentialFacts facts) {
        return evaluate(
                facts,
                (trust, _) -> trust.step() == Step.UNDECIDED
                        ? Result.notChecked("not decided: " + trust.detail())
                        : Result.notApplicable());
    }

    private static Result stoppedAt(
            Step step, CredentialFacts facts, BiFunction<WebIdentityTrust, String, Result> failure) {
        return evaluate(facts, (trust, provider) -> {
            if (trust.step() == step) {
                return failure.apply(trust, provider);
            }
            return passed(step, trust, facts);
        });
    }

    /** A trust policy that is not decided has one line of its own. */
    private static Result passed(Step step, WebIdentityTrust trust, CredentialFacts facts) {
        boolean undecided = trust.step() == Step.UNDECIDED;
        return switch (step) {
            case SUBJECT -> undecided ? Result.notApplicable() : Result.ok(facts.tokenSubject());
            case AUDIENCE -> undecided ? Result.notApplicable() : Result.ok(facts.audience());
            case ISSUER, ACTION, CONDITION_KEY, WILDCARD, UNDECIDED, ADMITTED -> Result.notApplicable();
        };
    }

    private static Result evaluate(CredentialFacts facts, BiFunction<WebIdentityTrust, String, Result> result) {
        if (facts.usesPodIdentity()) {
            return Result.notApplicable();
        }
        return RoleChecks.ofRole(
                facts,
                role -> provider(facts, role)
                        .check(provider -> result.apply(
                                WebIdentityTrust.of(role.trust(), provider, facts.tokenSubject(), facts.audience()),
                                provider)));
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
