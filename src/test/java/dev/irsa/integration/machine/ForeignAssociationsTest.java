package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForeignAssociationsTest {
    private static final String PATH = "/clusters/prod/pod-identity-associations";
    private static final String OWN = "{\"associations\":[{\"associationId\":\"a-own\"}]}";

    private final ForeignAssociations associations =
            new ForeignAssociations(request -> Reply.Answer.of(200, "application/json", OWN));

    @Test
    void listsForeignAssociationsOnPagesAfterTheOwnOnes() throws Exception {
        associations.add(150);
        List<Integer> sizes = new ArrayList<>();
        JsonNode page = get(PATH + "?maxResults=100");
        sizes.add(page.get("associations").size());
        while (page.has("nextToken")) {
            page = get(
                    PATH + "?maxResults=100&nextToken=" + page.get("nextToken").asText());
            sizes.add(page.get("associations").size());
        }

        assertThat(sizes).containsExactly(1, 100, 50);
    }

    @Test
    void describesAnAssociationThatItLists() throws Exception {
        associations.add(1);
        JsonNode listed = get(PATH + "?nextToken=foreign-0").get("associations").get(0);

        JsonNode described =
                get(PATH + "/" + listed.get("associationId").asText()).get("association");

        assertThat(described.get("serviceAccount")).isEqualTo(listed.get("serviceAccount"));
        assertThat(described.get("roleArn").asText()).contains("foreign");
    }

    @Test
    void passesOtherRequestsOn() throws Exception {
        assertThat(get(PATH).toString()).isEqualTo(OWN);
        associations.add(1);
        assertThat(get(PATH + "?namespace=payments&serviceAccount=web").toString())
                .isEqualTo(OWN);
        assertThat(get(PATH + "/a-own").toString()).isEqualTo(OWN);
    }

    private JsonNode get(String target) throws Exception {
        String action =
                target.startsWith(PATH + "/") ? "DescribePodIdentityAssociation" : "ListPodIdentityAssociations";
        AwsCall call = new AwsCall("eks", action, Map.of());
        Reply reply = associations.answer(new AwsRequest("GET", target, Map.of(), "", call));
        return new ObjectMapper().readTree(((Reply.Answer) reply).body());
    }
}
