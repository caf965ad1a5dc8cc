package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.TemplateParameter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterCheckTest {
    private static TemplateParameter parameter(String name, String pattern, @Nullable String defaultValue) {
        return new TemplateParameter(name, pattern, defaultValue, "", TemplateParameter.Type.STRING, false);
    }

    private static List<String> problems(TemplateParameter... parameters) {
        return ParameterCheck.problemsOf(Arrays.asList(parameters));
    }

    @Test
    void acceptsParametersWithAndWithoutDefault() {
        assertThat(problems(
                        parameter("a", "[a-z]+", null),
                        parameter("bucketName2", ".*", ""),
                        parameter("a" + "b".repeat(62), "x", "x")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a-b", "a b", "\u00E9", "a}}", "aws:username"})
    void refusesInvalidNames(String name) {
        assertThat(problems(parameter(name, "(", null)))
                .containsExactly(
                        "parameter \"" + name
                                + "\": a name begins with a lower-case letter and has at most 63 letters and digits; rename it");
    }

    @Test
    void refusesLongNames() {
        assertThat(problems(parameter("a".repeat(64), ".*", null)))
                .singleElement()
                .asString()
                .contains("has at most 63 letters and digits; rename it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partition", "account", "region", "cluster", "namespace", "serviceAccount"})
    void refusesReservedNames(String name) {
        assertThat(problems(parameter(name, ".*", null)))
                .containsExactly(
                        "parameter " + name + ": the name is reserved; the operator provides its value; rename it");
        assertThat(problems(parameter(name + "2", ".*", null))).isEmpty();
    }

    @Test
    void refusesSecondParameterOfSameName() {
        assertThat(problems(parameter("a", ".*", null), parameter("b", ".*", null), parameter("a", ".*", null)))
                .containsExactly("parameter a: another parameter has this name; remove one of them");
        assertThat(problems(parameter("ab", ".*", null), parameter("aB", ".*", null)))
                .isEmpty();
    }

    @Test
    void refusesPatternThatDoesNotCompile() {
        assertThat(problems(parameter("a", "(b", "c")))
                .containsExactly(
                        "parameter a: pattern \"(b\" is not a regular expression in RE2 syntax (missing closing"
                                + " )); correct it");
    }

    @Test
    void refusesDefaultThatIsNotAllowedAsValue() {
        assertThat(problems(parameter("a", "[a-z]+", ""), parameter("b", ".*", "x:y"), parameter("c", ".*", "${d}")))
                .containsExactly(
                        "parameter a: default is \"\"; it must match the pattern [a-z]+; choose another value",
                        "parameter b: default is \"x:y\"; only a parameter with type: arn may contain colons; remove"
                                + " them",
                        "parameter c: default is \"${d}\"; a value may contain none of $ { } \" ' ` and \\; remove"
                                + " them");
    }
}
