package dev.irsa.kubectl;

import dev.irsa.core.access.AccessQuery;
import dev.irsa.core.access.Answer;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.aws.AwsDiagnosis;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.get.ParallelReads;
import dev.irsa.kubectl.output.UserMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks IAM's policy simulator about the roles that allow an action. It knows the policies of the organization too. */
final class AccessProof implements GrantReader.Further {
    private final AccessQuery query;
    private final Output output;
    private final Map<String, String> decisions = new TreeMap<>();

    /** Asks what the user asks about a resource. */
    AccessProof(AccessQuery query, Output output) {
        this.query = query;
        this.output = output;
    }

    /** Returns the decisions of the simulator by the ARN of the role, without those that it did not make. */
    Map<String, String> decisions() {
        return decisions;
    }

    @Override
    public void read(AwsReads aws, List<Grant> grants, Map<String, PolicyDocument> documents)
            throws InterruptedException {
        TreeSet<String> roles = new TreeSet<>();
        grants.stream()
                .map(Grant::role)
                .filter(role -> role.access(documents).decide(query).answer() != Answer.NO)
                .forEach(role -> roles.add(role.arn()));
        output.progress("asking IAM's policy simulator about " + roles.size() + " roles");
        AwsDiagnosis simulator = new AwsDiagnosis(aws.clients(), aws.caller());
        String resource = query.resource().map(asked -> asked.whole().pattern()).orElseThrow();
        ParallelReads.Result<String, String> simulated = new ParallelReads<String, String>(arn -> Optional.of(simulator
                        .simulate(arn, query.action().pattern(), resource)
                        .decision()))
                .all(roles);
        decisions.putAll(simulated.found());
        simulated
                .failure()
                .ifPresent(failure -> output.warn("some roles were not simulated: " + UserMessage.of(failure)));
    }
}
