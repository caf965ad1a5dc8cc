package dev.irsa.kubectl.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.text.Documentation;
import dev.irsa.fixtures.report.GrantedRole;
import dev.irsa.fixtures.report.SampleAccess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">([^<]*)</script>");
    private static final String HOSTILE = "</script><!--&lt; \u2028\u2029 {{DATA}} $1 \\u003c";

    private static String page(AccessReport report) {
        return ReportPage.format(report, new Documentation("https://wiki.example.com/irsa/"));
    }

    private static JsonNode data(String page) throws JsonProcessingException {
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    @Test
    void allowsOnlyItsOwnScriptAndStyle() throws NoSuchAlgorithmException {
        String page = page(SampleAccess.report(3));

        assertThat(page)
                .contains(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-"
                                + digest(page, "<script>", "</script>") + "'; style-src 'sha256-"
                                + digest(page, "<style>", "</style>") + "'; base-uri 'none'; form-action 'none'\">")
                .doesNotContain("innerHTML", "eval(", " style=", "onclick=", "{{");
    }

    private static String digest(String page, String start, String end) throws NoSuchAlgorithmException {
        int begin = page.lastIndexOf(start) + start.length();
        byte[] content = page.substring(begin, page.indexOf(end, begin)).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @Test
    void keepsHostileTextInTheData() throws JsonProcessingException {
        GrantedRole role = GrantedRole.trusting("shop", "cart").tag("owner", HOSTILE);
        String page = page(
                new ReportBuilder(SampleAccess.sources(List.of(role.grant("shop", "cart"))), GrantedRole.NOW).report());

        assertThat(page.split("</script>", -1)).hasSize(3);
        assertThat(page).doesNotContain("<!--&", "\u2028", "\u2029");
        assertThat(data(page).at("/report/roles/0/tags/owner").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void explainsEachFlagWithTheDocumentationOfTheOperator() throws JsonProcessingException {
        JsonNode flags = data(page(SampleAccess.report(3))).get("flags");

        assertThat(flags).hasSize(Flag.values().length);
        assertThat(flags.get(0).toString())
                .isEqualTo(
                        "{\"flag\":\"no-boundary\",\"meaning\":\"No permissions boundary limits what its policies allow\","
                                + "\"page\":\"https://wiki.example.com/irsa/entitlements.md#write-an-entitlement\"}");
    }
}
