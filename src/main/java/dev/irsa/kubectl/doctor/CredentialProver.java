package dev.irsa.kubectl.doctor;

import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.Proof;
import dev.irsa.kubectl.port.WebIdentityToken;
import java.util.Optional;

/**
 * Exchanges a token of the ServiceAccount for credentials of its role, as an AWS SDK does in a pod. This is the one action of
 * the command that is no read. Neither the token nor the credentials leave this step.
 */
public record CredentialProver(WebIdentityToken.Requests tokens, Evidence<WebIdentityToken.Exchange> exchange) {
    private static final int MAX_SESSION_NAME = 64;

    /**
     * Returns the facts with the result of the proof.
     *
     * @param user appears in the name of the session in CloudTrail
     */
    public CredentialFacts prove(CredentialFacts facts, String user) {
        return facts.withProof(proof(facts, user));
    }

    private Proof proof(CredentialFacts facts, String user) {
        if (facts.usesPodIdentity()) {
            return new Proof.Inconclusive(
                    "there is no proof for EKS Pod Identity: only its agent can exchange the token");
        }
        Optional<String> role = facts.aws().roleArn();
        if (role.isEmpty()) {
            return new Proof.Inconclusive("there is no role");
        }
        Evidence<WebIdentityToken> token = EvidenceCollector.read(() ->
                tokens.request(facts.subject().namespace(), facts.subject().serviceAccount(), facts.audience()));
        Evidence<Proof> proof = token.then(
                known -> exchange.then(sts -> Evidence.of(sts.exchange(known, role.get(), sessionName(user)))));
        return switch (proof) {
            case Evidence.Known<Proof>(Proof known) -> known;
            case Evidence.Unreadable<Proof>(String reason) -> new Proof.Inconclusive(reason);
        };
    }

    /** Source of the allowed characters: "AssumeRoleWithWebIdentity" of the AWS STS API reference. */
    static String sessionName(String user) {
        String name = "irsa-doctor-" + user.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
        return name.substring(0, Math.min(name.length(), MAX_SESSION_NAME));
    }
}
