package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** GetAccountAuthorizationDetails in pages, from a backend that gives everything at once. */
class PagedDetailsTest {
    private static final Pattern NAME = Pattern.compile("<RoleName>(.*?)</RoleName>");
    private static final Pattern MARKER = Pattern.compile("<Marker>(.*?)</Marker>");

    private String whole = answer(IntStream.range(0, 7).mapToObj(PagedDetailsTest::role));
    private int status = 200;
    private int downloads;
    private final PagedDetails paged = new PagedDetails(
            request -> Reply.Answer.of(
                    200, "text/plain", "passed on: " + request.call().name()),
            (file, request) -> {
                downloads++;
                Files.writeString(file, whole);
                return status;
            });

    @Test
    void listsEachRoleOnceInOrder() throws Exception {
        assertThat(names(allPages(3))).isEqualTo(roles(7));
        assertThat(downloads).isOne();
    }

    @Test
    void respectsMaxItems() throws Exception {
        assertThat(allPages(3).stream().map(page -> names(List.of(page)).size()))
                .containsExactly(3, 3, 1);
        assertThat(allPages(7))
                .singleElement()
                .satisfies(page -> assertThat(page).contains("<IsTruncated>false<"));
    }

    @Test
    void keepsAllRoleDetails() throws Exception {
        assertThat(allPages(2).get(1)).contains(role(2) + role(3)).doesNotContain("role-1", "role-4");
    }

    @Test
    void laterPagesShowStateOfFirstPage() throws Exception {
        var first = ask(Map.of("MaxItems", "3"));
        whole = answer(Stream.of(role(99)));
        ask(Map.of("MaxItems", "3"));

        assertThat(names(List.of(
                        ask(Map.of("MaxItems", "10", "Marker", marker(first).orElseThrow())))))
                .isEqualTo(roles(7).subList(3, 7));
    }

    @Test
    void defaultsToHundredRolesPerPage() throws Exception {
        whole = answer(IntStream.range(0, 250).mapToObj(PagedDetailsTest::role));

        assertThat(names(List.of(ask(Map.of())))).isEqualTo(roles(100));
    }

    @Test
    void returnsEmptyPageWithoutRoles() throws Exception {
        whole = "<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><RoleDetailList/>"
                + "</GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>";

        assertThat(ask(Map.of())).contains("<IsTruncated>false<").doesNotContain("<member>", "<Marker>");
    }

    @Test
    void appendsForeignRoles() throws Exception {
        paged.addForeignRoles(5);

        var pages = allPages(4);

        assertThat(names(pages)).hasSize(12).startsWith("role-0").endsWith("foreign-4");
        assertThat(pages).hasSize(3);
    }

    @Test
    void rejectsUnknownMarker() throws Exception {
        var marker = marker(ask(Map.of("MaxItems", "3"))).orElseThrow();

        for (var wrong : List.of("3", "", marker + "00", marker.replaceFirst("^.", "z"))) {
            assertThat(ask(Map.of("Marker", wrong))).as(wrong).contains("<Code>ValidationError</Code>");
        }
    }

    @Test
    void rejectsInvalidMaxItems() throws Exception {
        for (var wrong : List.of("0", "1001", "many")) {
            assertThat(ask(Map.of("MaxItems", wrong))).as(wrong).contains("<Code>ValidationError</Code>");
        }
    }

    @Test
    void forwardsErrors() throws Exception {
        status = 500;
        whole = "dictionary changed size during iteration";

        assertThat(paged.answer(request(Map.of("Filter.member.1", "Role"))))
                .isEqualTo(Reply.Answer.of(500, "text/xml", whole));
    }

    @Test
    void forwardsOtherCalls() throws Exception {
        assertThat(bodyOf(request(Map.of()))).startsWith("passed on");
        assertThat(bodyOf(request(Map.of("Filter.member.1", "User")))).startsWith("passed on");
        assertThat(bodyOf(request(Map.of("Filter.member.1", "Role", "Filter.member.2", "User"))))
                .startsWith("passed on");
    }

    private List<String> allPages(int items) throws Exception {
        var pages = new ArrayList<String>();
        var parameters = new HashMap<>(Map.of("MaxItems", Integer.toString(items)));
        for (var more = true; more; ) {
            pages.add(ask(parameters));
            var marker = marker(pages.getLast());
            marker.ifPresent(next -> parameters.put("Marker", next));
            more = marker.isPresent();
        }
        return pages;
    }

    private String ask(Map<String, String> parameters) throws Exception {
        var all = new HashMap<>(parameters);
        all.put("Filter.member.1", "Role");
        return bodyOf(request(all));
    }

    private String bodyOf(AwsRequest request) throws IOException, InterruptedException {
        return ((Reply.Answer) paged.answer(request)).body();
    }

    private static AwsRequest request(Map<String, String> parameters) {
        return new AwsRequest(
                "POST", "/", Map.of(), "", new AwsCall("iam", "GetAccountAuthorizationDetails", parameters));
    }

    private static Optional<String> marker(String page) {
        return MARKER.matcher(page).results().map(found -> found.group(1)).findFirst();
    }

    private static List<String> names(List<String> pages) {
        return pages.stream()
                .flatMap(page -> NAME.matcher(page).results())
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> roles(int count) {
        return IntStream.range(0, count).mapToObj(i -> "role-" + i).toList();
    }

    /** With members within, and a trust policy that speaks of members. */
    private static String role(int index) {
        return "<member><RoleName>role-" + index + "</RoleName><AssumeRolePolicyDocument>{&lt;member&gt;}"
                + "</AssumeRolePolicyDocument><RolePolicyList><member><PolicyName>a</PolicyName></member><member>"
                + "<PolicyName>b</PolicyName></member></RolePolicyList><Tags><member><Key>é</Key></member></Tags></member>";
    }

    private static String answer(Stream<String> roles) {
        return "<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><UserDetailList><member>"
                + "<UserName>u</UserName></member></UserDetailList><RoleDetailList>"
                + roles.collect(Collectors.joining("\n"))
                + "</RoleDetailList><Policies><member><PolicyName>c</PolicyName></member></Policies>"
                + "<IsTruncated>false</IsTruncated></GetAccountAuthorizationDetailsResult>"
                + "</GetAccountAuthorizationDetailsResponse>";
    }
}
