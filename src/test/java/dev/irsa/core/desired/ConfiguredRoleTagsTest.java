package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.UserTags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfiguredRoleTagsTest {
    private static final ConfiguredRoleTags TAGS =
            new ConfiguredRoleTags(new TreeMap<>(Map.of("team", "platform", "Owner", "a")));

    @Test
    void refusesUserTagsWithTheSameKeysInAnyCase() {
        assertThat(TAGS.conflict(Map.of("TEAM", "mine", "stage", "live")))
                .hasValue("the operator sets TEAM on every role (--role-tags), and a resource cannot override it;"
                        + " tag keys are not case-sensitive; remove it");
        assertThat(TAGS.conflict(new TreeMap<>(Map.of("owner", "mine", "team", "platform"))))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("sets owner, team on").endsWith("remove them"));
        assertThat(TAGS.conflict(Map.of("teams", "mine"))).isEmpty();
    }

    /** The second key has the Kelvin sign, the third the long s. Both fold to letters of ASCII. */
    @Test
    void refusesUserTagsThatImitateTheSessionTagsOfEksPodIdentity() {
        for (String key : List.of("kubernetes-namespace", "\u212Aubernetes-pod-name", "EK\u017F-cluster-arn")) {
            assertThat(TAGS.conflict(Map.of(key, "kube-system")))
                    .hasValueSatisfying(why -> assertThat(why)
                            .startsWith(key + " imitates a session tag of EKS Pod Identity")
                            .endsWith("choose another key"));
        }
        assertThat(TAGS.conflict(Map.of("my-kubernetes-namespace", "a"))).isEmpty();
    }

    @Test
    void limitsTheTagsInTotal() {
        assertThat(TAGS.conflict(users(38))).isEmpty();
        assertThat(TAGS.conflict(users(40)))
                .hasValue(
                        "the resource has 40 tags and the operator adds 2 from --role-tags; a role can have 40 in total;"
                                + " remove 2");
        assertThat(ConfiguredRoleTags.NONE.conflict(users(40))).isEmpty();
    }

    @Test
    void refusesTagsThatIamOrTheOperatorRejects() {
        assertThat(problem("team", "")).isEmpty();
        assertThat(problem("k".repeat(128), "v".repeat(256))).isEmpty();
        assertThat(problem("", "a")).contains("1 to 128");
        assertThat(problem("k".repeat(129), "a")).contains("1 to 128");
        assertThat(problem("team", "v".repeat(257))).contains("at most 256");
        assertThat(problem("team", "a;b")).contains("IAM rejects");
        assertThat(problem("team ", "a")).contains("begin or end with a space");
        assertThat(problem("team", " a")).contains("begin or end with a space");
        assertThat(problem("AWS:team", "a")).contains("aws:");
        assertThat(problem("team", "Aws:a")).contains("aws:");
        assertThat(problem("IRSA.dev/team", "a")).contains("irsa.dev/");
        assertThat(problem("Kubernetes-namespace", "a")).contains("session tags of EKS Pod Identity");
        assertThat(problem("eks-cluster-arn", "a")).contains("session tags of EKS Pod Identity");
        assertThat(problem("kubernetes", "a")).isEmpty();
    }

    private static String problem(String key, String value) {
        return ConfiguredRoleTags.problem(key, value).orElse("");
    }

    /** IAM accepts a tag value of 256 characters and 50 tags of a role. */
    @Test
    void theLargestNumberFitsIntoTheRecordAndIntoTheRole() {
        Set<String> operators = Set.of(
                "cluster", "cluster-id", "issuer", "resource", "user-tags", "adopted", "taken-from", "adoptable-by");

        assertThat(UserTags.record(users(ConfiguredRoleTags.MAX).keySet())).hasSizeLessThanOrEqualTo(256);
        assertThat(ConfiguredRoleTags.MAX + operators.size()).isLessThanOrEqualTo(50);
    }

    private static Map<String, String> users(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "key" + i, i -> ""));
    }
}
