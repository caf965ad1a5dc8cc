package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Simulates eventual consistency: the first calls on a new role reach a part of IAM that does not know it. */
final class NewRoleDelay implements Fault {
    private final int unseen;
    private final Fault meanwhile;
    private final Map<String, Integer> left = new ConcurrentHashMap<>();

    NewRoleDelay(int unseen, Fault meanwhile) {
        this.unseen = unseen;
        this.meanwhile = meanwhile;
    }

    @Override
    public Reply on(AwsRequest request, Backend onward) throws IOException, InterruptedException {
        var role = request.call().roleName().orElse("");
        if (request.call().action().equals("CreateRole")) {
            var reply = onward.answer(request);
            if (reply instanceof Reply.Answer answer && answer.isSuccess()) {
                left.put(role, unseen);
            }
            return reply;
        }
        return countDown(role) ? meanwhile.on(request, onward) : onward.answer(request);
    }

    private boolean countDown(String role) {
        return left.getOrDefault(role, 0) > 0 && left.merge(role, -1, Integer::sum) >= 0;
    }
}
