package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTagsTest {
    /** Generates at most 40 keys that IAM accepts. No two differ only in case. */
    @Provide
    Arbitrary<Set<String>> keys() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("_.:/=+-@ éß")
                .ofMinLength(1)
                .ofMaxLength(128)
                .filter(key -> !key.toLowerCase(Locale.ROOT).startsWith("irsa.dev/"))
                .set()
                .ofMaxSize(40)
                .uniqueElements(key -> key.toLowerCase(Locale.ROOT));
    }

    @Property
    void returnsRecordedKeys(@ForAll("keys") Set<String> ours, @ForAll("keys") Set<String> others) {
        Map<String, String> role = new TreeMap<>();
        others.forEach(key -> role.put("other-" + key, "theirs"));
        ours.forEach(key -> role.put("our-" + key, "value"));
        Set<String> keys = new TreeSet<>();
        ours.forEach(key -> keys.add("our-" + key));
        role.put(UserTags.KEY, UserTags.record(keys));

        assertThat(UserTags.recorded(role)).isEqualTo(keys);
    }

    @Property
    void recordsFortyKeysInOneTag(@ForAll("keys") Set<String> keys) {
        assertThat(UserTags.record(keys))
                .hasSize(6 * keys.size())
                .hasSizeLessThanOrEqualTo(256)
                .matches("[a-z0-9]*");
    }

    @Property
    void ignoresOrderAndCaseOfKeys(@ForAll("keys") Set<String> keys) {
        Set<String> upper = new TreeSet<>();
        keys.stream().map(key -> key.replace("ß", "s").toUpperCase(Locale.ROOT)).forEach(upper::add);
        Set<String> plain = new TreeSet<>();
        keys.stream().map(key -> key.replace("ß", "s")).forEach(plain::add);

        assertThat(UserTags.record(upper.stream().sorted().toList())).isEqualTo(UserTags.record(plain));
    }

    /** Roles keep the record across versions of the operator, so its format must not change. */
    @Test
    void keepsTheFormatOfTheRecord() {
        assertThat(UserTags.record(Set.of("team", "stage"))).isEqualTo("uihryfwh7mks");
        assertThat(UserTags.record(Set.of())).isEmpty();
    }

    @Test
    void returnsNoKeysWithoutRecord() {
        assertThat(UserTags.recorded(Map.of("team", "payments"))).isEmpty();
    }

    @Test
    void findsRecordWithAnyKeyCase() {
        assertThat(UserTags.recorded(Map.of("Team", "payments", "IRSA.dev/User-Tags", "wh7mks")))
                .containsExactly("Team");
    }

    @Test
    void neverReturnsTagsOfTheOperator() {
        Map<String, String> role = Map.of(
                "irsa.dev/cluster",
                "prod",
                "IRSA.DEV/resource",
                "a/b",
                UserTags.KEY,
                UserTags.record(Set.of("irsa.dev/cluster", "irsa.dev/resource", UserTags.KEY)));

        assertThat(UserTags.recorded(role)).isEmpty();
    }

    /** A user who can tag the role can write any record. IAM would reject each plan that removes such a tag. */
    @Test
    void neverReturnsTagsOfAws() {
        Map<String, String> role = Map.of(
                "aws:cloudformation:stack-name",
                "invoices",
                "AWS:cloudformation:logical-id",
                "Role1",
                UserTags.KEY,
                UserTags.record(Set.of("aws:cloudformation:stack-name", "aws:cloudformation:logical-id")));

        assertThat(UserTags.recorded(role)).isEmpty();
    }

    @Test
    void readsTruncatedRecordUpToItsEnd() {
        assertThat(UserTags.recorded(Map.of("team", "x", "stage", "y", UserTags.KEY, "wh7mksuihry")))
                .containsExactly("team");
        assertThat(UserTags.recorded(Map.of("team", "x", UserTags.KEY, "zzzzzwh7mks")))
                .isEmpty();
    }

    /** Tag keys are compared regardless of case, and Java takes both for an i then. */
    @ParameterizedTest
    @ValueSource(
            strings = {"irsa.dev/adopted", "IRSA.dev/adopted", "\u0131rsa.dev/adopted", "\u0130rsa.dev/adopted", "AWS:x"
            })
    void reservesThePrefixesInEveryFormThatEqualsThem(String key) {
        assertThat(UserTags.isUserTag(key)).isFalse();
    }
}
