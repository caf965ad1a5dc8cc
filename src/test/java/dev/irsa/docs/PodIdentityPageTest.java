package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.DeliveryPlanner;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.docs.DocumentationPages;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page on EKS Pod Identity shows is what the operator accepts and writes. */
class PodIdentityPageTest {
    private static final String PAGE = DocumentationPages.read(Path.of("docs", "pod-identity.md"));

    @Test
    void exampleMatchesSample() throws IOException {
        String sample = Files.readString(Path.of("deploy", "samples", "pod-identity.yaml"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));

        assertThat(block("yaml")).isEqualTo(sample + "\n");
        assertThat(Serialization.unmarshal(sample, IamServiceAccount.class)
                        .getSpec()
                        .delivery())
                .containsExactly(Delivery.PodIdentity);
    }

    @Test
    void showsTheStatementOfTheTrustPolicy() throws JsonProcessingException {
        JsonNode trust = new ObjectMapper()
                .readTree(TrustPolicy.of(
                                EnumSet.of(Delivery.PodIdentity),
                                new TrustTerms(
                                        new AwsAccount("aws", "111122223333", "irsa-operator"),
                                        "",
                                        Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/production"),
                                        "payments",
                                        List.of("refunds"),
                                        "sts.amazonaws.com"))
                        .text());

        assertThat(new ObjectMapper().readTree(block("json")))
                .isEqualTo(trust.path("Statement").get(0));
    }

    @Test
    void namesTheConfirmationAndEachReason() {
        assertThat(PAGE)
                .contains(
                        DeliveryPlanner.PODS_RESTARTED + "=",
                        "`" + Reason.PodIdentityUnavailable + "`",
                        "`" + Reason.AssociationConflict + "`",
                        "`" + Reason.WaitingForPods + "`");
    }

    private static String block(String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(PAGE);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
