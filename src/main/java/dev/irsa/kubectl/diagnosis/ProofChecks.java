package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.trust.WebIdentityTrust;
import dev.irsa.core.trust.WebIdentityTrust.Step;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import java.util.List;
import java.util.stream.Collectors;

/** Interprets what AWS answered to a token of the ServiceAccount, and to the simulated actions. */
final class ProofChecks {
    private ProofChecks() {}

    static Result tokenIsRejected(Proof proof) {
        return switch (proof) {
            case Proof.Accepted _, Proof.Denied _ -> Result.ok("AWS STS accepted it");
            case Proof.TokenRejected(String message) ->
                Result.failed(
                        "AWS STS did not accept the token: " + message,
                        "compare the issuer, its keys, and its OIDC provider in IAM with the token");
            case Proof.Inconclusive(String why) -> Result.notChecked(why);
        };
    }

    static Result roleIsDenied(CredentialFacts facts, Proof proof) {
        return switch (proof) {
            case Proof.Accepted(String identity) -> Result.ok("AWS STS issued credentials of " + identity);
            case Proof.Denied(String message) -> denied(facts, message);
            case Proof.TokenRejected _ -> Result.notApplicable();
            case Proof.Inconclusive(String why) -> Result.notChecked(why);
        };
    }

    /** A policy on the network path, such as a condition on the source IP address, may deny this machine but not the pod. */
    private static Result denied(CredentialFacts facts, String message) {
        String remedy = "look for AssumeRoleWithWebIdentity in CloudTrail; ask the administrator of the organization"
                + " about resource control policies and service control policies";
        boolean admitted = facts.aws()
                .provider()
                .known()
                .flatMap(provider -> facts.aws()
                        .role()
                        .known()
                        .flatMap(found -> found)
                        .map(role -> WebIdentityTrust.of(
                                role.trust(), provider.arn(), facts.tokenSubject(), facts.audience())))
                .map(trust -> trust.step() == Step.ADMITTED)
                .orElse(false);
        return admitted
                ? Result.failed("the trust policy admits the token, but AWS STS denied it: " + message, remedy)
                : Result.warning(
                        "inconclusive: AWS STS denied it: " + message
                                + "; the trust policy may have conditions that hold for the pod only, such as on the"
                                + " source IP address or the VPC",
                        remedy);
    }

    static Result actionIsDenied(CredentialFacts facts) {
        if (facts.aws().actions().isEmpty()) {
            return Result.notApplicable();
        }
        List<SimulatedAction> known = facts.aws().actions().stream()
                .flatMap(action -> action.known().stream())
                .toList();
        String denied = known.stream()
                .filter(action -> !action.decision().equals("allowed"))
                .map(ProofChecks::describe)
                .collect(Collectors.joining("; "));
        if (!denied.isEmpty()) {
            return Result.failed(
                    denied,
                    "add a policy or template that allows it to the IamServiceAccount; resource policies are not simulated");
        }
        if (known.size() < facts.aws().actions().size()) {
            return facts.aws().actions().stream()
                    .filter(action -> action.known().isEmpty())
                    .findFirst()
                    .orElseThrow()
                    .check(_ -> Result.notApplicable());
        }
        return Result.ok("simulated without resource policies: "
                + known.stream().map(SimulatedAction::action).collect(Collectors.joining(", ")));
    }

    private static String describe(SimulatedAction action) {
        String detail = action.detail().isEmpty() ? "" : " (" + action.detail() + ")";
        return action.action() + " on " + action.resource() + ": " + action.decision() + detail;
    }
}
