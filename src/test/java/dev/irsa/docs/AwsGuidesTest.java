package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages have to say about AWS, because a reader would fail without it. */
class AwsGuidesTest {
    private static final Path DOCS = Path.of("docs");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            permissions.md     | CAPABILITY_NAMED_IAM
            permissions.md     | userIdentity.sessionContext.sessionIssuer.arn
            faq.md             | service control policy (SCP)
            faq.md             | resource control policy (RCP)
            faq.md             | aws:PrincipalArn
            getting-started.md | arn:aws-cn:
            issuer.md          | omit `--create-bucket-configuration`
            entitlements.md    | allow.roleNames
            """)
    void statesWhatAwsRequires(String page, String words) {
        assertThat(DOCS.resolve(page)).content().contains(words);
    }

    @Test
    void samplesNameTheOtherPartitions() throws IOException {
        try (Stream<Path> samples = Files.list(Path.of("deploy", "samples"))) {
            assertThat(samples.filter(sample -> read(sample).contains("arn:aws:")))
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(read(sample)).contains("arn:aws-cn:", "arn:aws-us-gov:"));
        }
    }

    /** A resource policy can give a role more than its boundary, unless the boundary denies writing such a policy. */
    @Test
    void exampleBoundaryDeniesResourcePolicies() throws IOException {
        Matcher example = Pattern.compile("```json\n(\\{\"Version\".*?)```", Pattern.DOTALL)
                .matcher(read(DOCS.resolve("permissions.md")));
        assertThat(example.find()).isTrue();
        List<String> denied = new ArrayList<>();
        for (JsonNode statement : new ObjectMapper().readTree(example.group(1)).path("Statement")) {
            if (statement.path("Effect").asText().equals("Deny")) {
                statement.path("Action").forEach(action -> denied.add(action.asText()));
            }
        }

        assertThat(denied)
                .contains(
                        "s3:PutBucketPolicy",
                        "s3:PutAccessPointPolicy",
                        "s3:PutMultiRegionAccessPointPolicy",
                        "sqs:SetQueueAttributes",
                        "xray:PutResourcePolicy");
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
