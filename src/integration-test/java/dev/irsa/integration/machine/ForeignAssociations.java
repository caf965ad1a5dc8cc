package dev.irsa.integration.machine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds associations of other owners to those of ministack, which returns the first page of a list only. They follow the page of
 * ministack in pages of their own, and are generated on demand.
 */
final class ForeignAssociations implements Backend {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "a-foreign";
    private static final String TOKEN = "foreign-";
    private static final Pattern NEXT = Pattern.compile("[?&]nextToken=" + TOKEN + "([0-9]{1,9})");
    private static final Pattern DESCRIBED = Pattern.compile("/" + ID + "([0-9]{8})$");
    private static final int PAGE = 100;

    private final Backend onward;
    private volatile int count;

    ForeignAssociations(Backend onward) {
        this.onward = onward;
    }

    /** Sets how many there are from now on. */
    void add(int number) {
        count = number;
    }

    @Override
    public Reply answer(AwsRequest request) throws IOException, InterruptedException {
        String target = request.target();
        Matcher described = DESCRIBED.matcher(target);
        if (described.find() && request.method().equals("GET")) {
            return describe(Integer.parseInt(described.group(1)));
        }
        boolean listsAll =
                request.call().name().equals("eks:ListPodIdentityAssociations") && !target.contains("serviceAccount=");
        if (!listsAll || count == 0) {
            return onward.answer(request);
        }
        Matcher next = NEXT.matcher(target);
        return next.find() ? page(Integer.parseInt(next.group(1))) : firstPage(request);
    }

    private Reply firstPage(AwsRequest request) throws IOException, InterruptedException {
        Reply reply = onward.answer(request);
        return reply instanceof Reply.Answer answer
                        && answer.isSuccess()
                        && JSON.readTree(answer.body()) instanceof ObjectNode list
                ? json(list.put("nextToken", TOKEN + 0))
                : reply;
    }

    private Reply page(int from) throws IOException {
        int to = Math.min(from + PAGE, count);
        ObjectNode page = JSON.createObjectNode();
        ArrayNode associations = page.putArray("associations");
        for (int i = from; i < to; i++) {
            associations.add(summary(i));
        }
        if (to < count) {
            page.put("nextToken", TOKEN + to);
        }
        return json(page);
    }

    private static Reply describe(int index) throws IOException {
        ObjectNode response = JSON.createObjectNode();
        ObjectNode association = summary(index).put("roleArn", "arn:aws:iam::123456789012:role/foreign");
        association.putObject("tags").put("team", "others");
        response.set("association", association);
        return json(response);
    }

    private static ObjectNode summary(int index) {
        String id = ID + "%08d".formatted(index);
        return JSON.createObjectNode()
                .put("clusterName", "prod")
                .put("namespace", "foreign")
                .put("serviceAccount", "foreign-" + index)
                .put("associationArn", "arn:aws:eks:eu-west-1:123456789012:podidentityassociation/prod/" + id)
                .put("associationId", id);
    }

    private static Reply json(ObjectNode body) throws IOException {
        return Reply.Answer.of(200, "application/json", JSON.writeValueAsString(body));
    }
}
