package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.text.Page;
import dev.irsa.kubectl.diagnosis.IssuerFacts.ClusterKeys;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks, for IRSA, the issuer of the token, its keys, and its OIDC provider in IAM. */
final class IssuerChecks {
    private IssuerChecks() {}

    static Result issuerCannotBePublic(CredentialFacts facts) {
        return facts.issuer()
                .url()
                .check(url -> Issuer.unusable(url)
                        .map(problem -> Result.failed(
                                "AWS cannot use the issuer " + url + ": " + problem,
                                "set --service-account-issuer of kube-apiserver to a public https URL"))
                        .orElseGet(() -> Result.ok(url)));
    }

    static Result discoveryIsNotPublic(CredentialFacts facts) {
        return unlessProven(facts, facts.issuer().published().check(published -> switch (published) {
            case Published.Refused(String problem) ->
                Result.failed(problem, "publish the discovery document and the keys of the issuer on the internet");
            case Published.Keys(String issuer, Set<String> keys) ->
                facts.issuer()
                        .url()
                        .check(url -> issuer.equals(url)
                                ? Result.ok(keys.size() + " keys")
                                : Result.failed(
                                        "the discovery document of " + url + " names another issuer: " + issuer,
                                        "publish a document with the issuer " + url + Page.ISSUER.reference()));
        }));
    }

    static Result signingKeyIsNotPublic(CredentialFacts facts) {
        return unlessProven(facts, facts.issuer().published().check(published -> switch (published) {
            case Published.Refused _ -> Result.notApplicable();
            case Published.Keys(var _, Set<String> keys) ->
                facts.issuer().clusterKeys().check(cluster -> compare(cluster, keys));
        }));
    }

    /** What AWS STS did is certain. The documents and the provider may look different from here. */
    private static Result unlessProven(CredentialFacts facts, Result result) {
        boolean proven = facts.proof().filter(Proof.Accepted.class::isInstance).isPresent();
        return proven && result.isFailed()
                ? Result.warning(result.seen() + "; but AWS STS accepted a token", result.remedy())
                : result;
    }

    /** The API server also publishes keys with which it no longer signs. So one that is missing proves nothing. */
    private static Result compare(ClusterKeys cluster, Set<String> published) {
        if (cluster.ids().isEmpty()) {
            return Result.failed(
                    cluster.unusable().isEmpty()
                            ? "the API server publishes no key"
                            : "AWS does not accept tokens that are signed with "
                                    + String.join(", ", cluster.unusable()),
                    "set an RSA or ECDSA key in --service-account-signing-key-file of kube-apiserver");
        }
        Set<String> missing = new TreeSet<>(cluster.ids());
        missing.removeAll(published);
        String remedy =
                "publish also the keys of each API server (kubectl get --raw /openid/v1/jwks), or let publish-issuer do that"
                        + Page.ISSUER.reference();
        if (missing.isEmpty()) {
            return Result.ok(String.join(", ", cluster.ids()));
        }
        String seen = "the issuer does not publish the keys " + String.join(", ", missing) + " of the API server";
        return missing.size() == cluster.ids().size() ? Result.failed(seen, remedy) : Result.warning(seen, remedy);
    }

    static Result providerIsMissing(CredentialFacts facts) {
        return unlessProven(facts, facts.aws().provider().check(provider -> {
            if (provider.audiences().isPresent()) {
                return Result.ok(provider.arn());
            }
            String near = provider.nearMisses().isEmpty()
                    ? ""
                    : "; similar, but for another issuer: " + String.join(", ", provider.nearMisses());
            String issuer = facts.issuer().url().known().orElse("ISSUER");
            return Result.failed(
                    provider.arn() + " does not exist" + near,
                    "run: aws iam create-open-id-connect-provider --url " + issuer + " --client-id-list "
                            + facts.audience());
        }));
    }

    static Result audienceIsNotAccepted(CredentialFacts facts) {
        return unlessProven(facts, facts.aws().provider().check(provider -> {
            Optional<Set<String>> accepted = provider.audiences();
            if (accepted.isEmpty()) {
                return Result.notApplicable();
            }
            String audience = facts.audience();
            return accepted.get().contains(audience)
                    ? Result.ok(audience)
                    : Result.failed(
                            "the audience of the token is " + audience + "; the provider accepts "
                                    + String.join(", ", accepted.get()),
                            "run: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn "
                                    + provider.arn() + " --client-id " + audience
                                    + "; or correct the annotation " + DesiredServiceAccount.AUDIENCE);
        }));
    }
}
