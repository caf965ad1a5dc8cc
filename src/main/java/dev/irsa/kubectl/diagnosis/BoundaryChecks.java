package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.policy.BoundaryWarning;
import dev.irsa.kubectl.diagnosis.AwsFacts.BoundaryFacts;

/** Compares the policies of the role with its permissions boundary. */
final class BoundaryChecks {
    private BoundaryChecks() {}

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
