package dev.irsa.kubectl.plan;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.port.KnownPolicies;
import dev.irsa.port.ManagedPolicyReads;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The managed policies that the user may read. Each is read once, and what cannot be read becomes a warning. */
final class ReadablePolicies implements KnownPolicies {
    private final ManagedPolicyReads reads;
    private final Function<Failure, String> problem;
    private final Consumer<String> warn;
    private final Map<String, Optional<PolicyDocument>> documents = new HashMap<>();

    /**
     * Creates a reader.
     *
     * @param problem words a failure to read
     * @param warn receives what could not be read
     */
    ReadablePolicies(ManagedPolicyReads reads, Function<Failure, String> problem, Consumer<String> warn) {
        this.reads = reads;
        this.problem = problem;
        this.warn = warn;
    }

    @Override
    public Optional<PermissionsBoundary> boundary(String arn) {
        return read(
                        arn,
                        "permissions boundary not checked",
                        "permissions boundary " + arn + " does not exist; AWS refuses a role with it, so create this"
                                + " policy, or correct the ARN in the IamEntitlement or the IamServiceAccount")
                .map(document -> PermissionsBoundary.of(arn, document));
    }

    @Override
    public Optional<PolicyDocument> attached(String arn) {
        return read(arn, "policy " + arn + " not compared with the permissions boundary", "");
    }

    /**
     * Reads a policy.
     *
     * @param consequence begins the warning if that fails
     * @param missing the warning if the policy does not exist; empty: none
     */
    private Optional<PolicyDocument> read(String arn, String consequence, String missing) {
        return documents.computeIfAbsent(arn, _ -> {
            try {
                Optional<PolicyDocument> document = reads.document(arn);
                if (document.isEmpty() && !missing.isEmpty()) {
                    warn.accept(missing);
                }
                return document;
            } catch (FailureException e) {
                warn.accept(consequence + ": " + problem.apply(e.failure()));
                return Optional.empty();
            }
        });
    }
}
