package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.policy.BoundaryWarning;
import dev.irsa.kubectl.diagnosis.AwsFacts.BoundaryFacts;

/** Checks the permissions boundary of the role, and compares its policies with it. */
public final class BoundaryChecks {
    private BoundaryChecks() {}

    /** Returns the result for a boundary that was looked for in IAM. */
    public static Result exists(String arn, boolean exists) {
        return exists
                ? Result.ok(arn)
                : Result.failed(
                        arn + " does not exist",
                        "create this policy, or correct the ARN in the IamEntitlement or the IamServiceAccount; a role that the"
                                + " operator does not manage needs another boundary");
    }

    /** A boundary that cannot be read is reported once, by the comparison. */
    static Result boundaryDoesNotExist(CredentialFacts facts) {
        return RoleChecks.ofRole(
                facts,
                role -> role.boundary()
                        .flatMap(arn -> facts.aws().boundary().known().map(found -> exists(arn, found.isPresent())))
                        .orElseGet(Result::notApplicable));
    }

    static Result boundaryDeniesPolicies(CredentialFacts facts) {
        if (facts.aws().roleArn().isEmpty()) {
            return Result.notApplicable();
        }
        return facts.aws()
                .boundary()
                .check(found -> found.map(BoundaryChecks::compare).orElseGet(Result::notApplicable));
    }

    private static Result compare(BoundaryFacts facts) {
        return BoundaryWarning.denial(facts.boundary(), facts.policies())
                .map(denial -> Result.warning(denial, BoundaryWarning.REMEDY))
                .orElseGet(() -> Result.ok("no denial found; conditions are not evaluated"));
    }
}
