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
        return read(arn, "permissions boundary not checked").map(document -> PermissionsBoundary.of(arn, document));
    }

    @Override
    public Optional<PolicyDocument> attached(String arn) {
        return read(arn, "policy " + arn + " not compared with the permissions boundary");
    }

    private Optional<PolicyDocument> read(String arn, String consequence) {
        return documents.computeIfAbsent(arn, _ -> {
            try {
                return reads.document(arn);
            } catch (FailureException e) {
                warn.accept(consequence + ": " + problem.apply(e.failure()));
                return Optional.empty();
            }
        });
    }
}
