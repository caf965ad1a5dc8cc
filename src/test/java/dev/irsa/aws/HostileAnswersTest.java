package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.aws.PagedIam;
import dev.irsa.port.CallInterceptor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.Tag;

/** What IAM might answer, and what anybody in the account may have written there. */
class HostileAnswersTest {
    private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Id\":\"a+b %2B\u00e9\uD83D\uDE00\"}";

    @Property(tries = 5_000)
    void anyTextIsDocumentOrUnreadableResponse(@ForAll @StringLength(max = 100) String text) {
        readOrRefused(text);
        readOrRefused("%7B" + text + "%7D");
        readOrRefused(encoded("{\"Id\":\"" + text + "\"}"));
    }

    @Property(tries = 2_000)
    void readsBackWrittenDocument(@ForAll @StringLength(max = 100) String id) {
        String text = PolicyDocument.parse("{\"Id\":\"" + escaped(id) + "\"}").text();

        assertThat(PolicyDocumentReader.read(encoded(text), AwsAction.GET_ROLE)).isEqualTo(PolicyDocument.parse(text));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().filter(c -> !Character.isSurrogate((char) c)).forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%",
                "%7",
                "%7B%",
                "%zz",
                "%7B%22a%22%3A%22%ff%fe%22%7D%",
                "+",
                "{",
                "%25%37%42",
                "%257B%257D",
                "null",
                "%00",
                "%7B%7D%7D%7B",
                "<html>"
            })
    void readsOrRejectsText(String answer) {
        readOrRefused(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%257B%257D", "%", "%7B", "null", "[]", ""})
    void rejectsUnreadableDocument(String answer) {
        assertThatThrownBy(() -> PolicyDocumentReader.seen(answer, AwsAction.GET_ROLE))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void readsPlainAndEncodedDocumentAlike() {
        PolicyDocument wanted = PolicyDocument.parse(POLICY);

        assertThat(PolicyDocumentReader.read(POLICY, AwsAction.GET_ROLE)).isEqualTo(wanted);
        assertThat(PolicyDocumentReader.read(encoded(POLICY), AwsAction.GET_ROLE))
                .isEqualTo(wanted);
        assertThat(PolicyDocumentReader.read(encoded(POLICY).replace("%2B", "+"), AwsAction.GET_ROLE))
                .isEqualTo(wanted);
        assertThat(PolicyDocumentReader.read(encoded("{\"Id\":\"" + "x".repeat(1_000_000) + "\"}"), AwsAction.GET_ROLE))
                .isNotEqualTo(wanted);
    }

    /** Roles of others are none of our business, and one of ours that cannot be read hides no other. */
    @Test
    void unreadableRoleDoesNotHideOthers() {
        String deep = encoded("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000));
        List<Tag> odd = List.of(
                Tag.builder().build(),
                Tag.builder().value("without a key").build(),
                Tag.builder().key("").value("").build(),
                Tag.builder().key("irsa.dev/resource").build(),
                Tag.builder()
                        .key("irsa.dev/cluster")
                        .value("\u0000\u202E\uD800%".repeat(50))
                        .build());
        PagedIam iam = new PagedIam();
        iam.details.put(
                "",
                GetAccountAuthorizationDetailsResponse.builder()
                        .isTruncated(false)
                        .roleDetailList(
                                role("deep", deep, odd),
                                role("nothing", "", odd),
                                role("garbage", "%zz", odd),
                                role("good", encoded(POLICY), odd),
                                role("huge", encoded("{\"Id\":\"" + "x".repeat(1_000_000) + "\"}"), odd))
                        .build());
        List<String> taken = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        new IamListing(iam, CallInterceptor.NONE, 100).details(role -> {
            if (role.tags().containsKey("irsa.dev/cluster") && role.tags().containsValue("")) {
                role.detail()
                        .get()
                        .ifPresentOrElse(detail -> taken.add(detail.name()), () -> unreadable.add(role.name()));
            }
        });

        assertThat(taken).containsExactly("good", "huge");
        assertThat(unreadable).containsExactly("deep", "nothing", "garbage");
    }

    private static RoleDetail role(String name, String trust, List<Tag> tags) {
        return RoleDetail.builder()
                .roleName(name)
                .path("/")
                .arn("arn:" + name)
                .roleId("AROA" + name)
                .tags(tags)
                .rolePolicyList(PolicyDetail.builder()
                        .policyName("i")
                        .policyDocument(trust)
                        .build())
                .assumeRolePolicyDocument(trust)
                .build();
    }

    private static void readOrRefused(String answer) {
        try {
            assertThat(PolicyDocumentReader.read(answer, AwsAction.GET_ROLE).text())
                    .startsWith("{");
        } catch (FailureException e) {
            assertThat(e.failure().message()).contains("iam:GetRole", "unreadable");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
