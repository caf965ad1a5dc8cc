package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RoleConfigTest {
    @Test
    void readsKeysAndValues() {
        assertThat(tags("cost-center=4711", "Owner=platform team", "mail=a@b.c=d", "empty=", ""))
                .isEqualTo(Map.of("cost-center", "4711", "Owner", "platform team", "mail", "a@b.c=d", "empty", ""));
    }

    @Test
    void readsCommaSeparatedAndRepeatedFlags() {
        GivenFlags flags = OperatorConfig.flags();
        new CommandLine(flags).parseArgs("--role-tags=team=platform,stage=live", "--role-tags", "cost=a b");

        assertThat(flags.texts(RoleConfig.ROLE_TAGS)).containsExactly("team=platform", "stage=live", "cost=a b");
    }

    @Test
    void acceptsTheLargestTags() {
        String longest = "k".repeat(128) + "=" + "v".repeat(256);
        List<String> forty = new ArrayList<>(
                IntStream.range(1, 40).mapToObj(i -> "key" + i + "=").toList());
        forty.add(longest);

        assertThatCode(() -> tags(forty.toArray(String[]::new))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "team | it must be key=value, such as team=payments",
                "=payments | the key must have 1 to 128 characters",
                "aws:team=a | the prefix aws: is reserved for AWS, regardless of case; choose another prefix",
                "AWS:team=a | the prefix aws: is reserved for AWS, regardless of case; choose another prefix",
                "team=aws:a | the prefix aws: is reserved for AWS, regardless of case; choose another prefix",
                "irsa.dev/cluster=a | the prefix irsa.dev/ is reserved for the operator's own tags, regardless of"
                        + " case; choose another key",
                "IRSA.dev/x=a | the prefix irsa.dev/ is reserved for the operator's own tags, regardless of case;"
                        + " choose another key",
                "te*m=a | it contains a character that IAM rejects; use only letters, digits, spaces and the characters _.:/=+@-",
                "team=a;b | it contains a character that IAM rejects; use only letters, digits, spaces and the characters _.:/=+@-",
                "' team=a' | key and value must not begin or end with a space",
                "'team=a ' | key and value must not begin or end with a space"
            })
    void refusesAnInvalidTag(String tag, String why) {
        assertThat(problems(tag)).containsExactly("--role-tags=" + tag + ": " + why);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256})
    void refusesTextsThatAreTooLong(int max) {
        String tag = max == 128 ? "k".repeat(129) + "=a" : "a=" + "v".repeat(257);

        assertThat(problems(tag)).singleElement().asString().endsWith(max + " characters");
    }

    @Test
    void refusesAKeyThatIsGivenTwiceInAnyCase() {
        assertThat(problems("Team=a", "team=a"))
                .containsExactly(
                        "--role-tags=team=a: the key is already set as Team, and tag keys are not case-sensitive; set each key once");
        assertThat(problems("team=a", "team=a")).hasSize(1);
    }

    @Test
    void refusesMoreTagsThanARoleCanHave() {
        assertThat(problems(IntStream.rangeClosed(1, 41)
                        .mapToObj(i -> "key" + i + "=")
                        .toArray(String[]::new)))
                .containsExactly("--role-tags=41 tags: a role can have 40 tags of this flag and of spec.role.tags in"
                        + " total; set fewer");
    }

    private static Map<String, String> tags(String... given) {
        FlagReader flags = reader(given);
        Map<String, String> tags = RoleConfig.read("prod", flags).tags().tags();
        assertThatCode(flags::throwIfInvalid).doesNotThrowAnyException();
        return tags;
    }

    private static List<String> problems(String... given) {
        FlagReader flags = reader(given);
        var _ = RoleConfig.read("prod", flags);
        InvalidConfiguration invalid = catchThrowableOfType(InvalidConfiguration.class, flags::throwIfInvalid);
        assertThat(invalid).isNotNull();
        return invalid.problems();
    }

    private static FlagReader reader(String... tags) {
        return new FlagReader(flag -> flag.equals(RoleConfig.ROLE_TAGS) ? List.of(tags) : flag.defaults());
    }
}
