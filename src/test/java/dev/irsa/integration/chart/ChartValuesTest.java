package dev.irsa.integration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.config.OperatorConfig;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The values of the chart, its schema, its templates and the flags of the operator know the same things. */
class ChartValuesTest {
    /** What the chart sets by itself, or asks for by another name. A pod needs no file for its settings. */
    private static final Set<String> NOT_IN_CONFIG = Set.of(
            "--cluster-name",
            "--watch-namespace",
            "--own-deployment",
            "--leader-election",
            "--lease",
            "--settings-file");

    /** Required, and refused when missing: there are no two ways. */
    private static final Set<String> REQUIRED = Set.of("clusterName", "image.repository");

    /** The groups of the spec of an IamEntitlement. The values have only the fields that are set by default. */
    private static final Set<String> ENTITLEMENT_GROUPS = Set.of("allow", "require", "limits");

    private static final Pattern BRANCH = Pattern.compile(
            "\\{\\{-?\\s*(?:else )?(?:if|with|range)\\b[^}]*\\}\\}|\\b(?:default|ternary|first)\\b[^}]*\\}\\}");
    private static final Pattern VALUE = Pattern.compile("\\.Values\\.([A-Za-z.]+)");

    @Test
    void everyFlagHasValue() throws IOException {
        Set<String> flags = CommandSpec.forAnnotatedObject(OperatorConfig.flags()).options().stream()
                .map(OptionSpec::longestName)
                .filter(flag -> !NOT_IN_CONFIG.contains(flag))
                .collect(Collectors.toSet());

        assertThat(names(values().get("config")).map(ChartValuesTest::flag)).containsExactlyInAnyOrderElementsOf(flags);
    }

    @Test
    void schemaMatchesValues() throws IOException {
        JsonNode schema = read(Chart.FOLDER.resolve("values.schema.json"));

        Set<String> described = described("", schema, schema).collect(Collectors.toSet());
        // Helm adds it when the chart is part of another.
        described.remove("global");
        Set<String> given = given("", values(), described).collect(Collectors.toSet());

        assertThat(described).containsAll(given);
        described.removeAll(given);
        assertThat(described).allMatch(ChartValuesTest::isOfEntitlement);
    }

    private static boolean isOfEntitlement(String path) {
        return ENTITLEMENT_GROUPS.stream().anyMatch(group -> path.startsWith("defaultEntitlement." + group + "."));
    }

    @Test
    void schemaOfDefaultEntitlementHasTheFieldsOfItsSpec() throws IOException {
        JsonNode spec = read(Path.of("crds", "iamentitlements.irsa.dev.yaml"))
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
        JsonNode values =
                read(Chart.FOLDER.resolve("values.schema.json")).at("/properties/defaultEntitlement/properties");

        assertThat(ENTITLEMENT_GROUPS)
                .allSatisfy(group -> assertThat(names(values.path(group).path("properties")))
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(
                                names(spec.path(group).path("properties")).toList()));
    }

    @Test
    void everyTemplateBranchHasSwitch() throws IOException {
        Set<String> branches = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Chart.FOLDER.resolve("templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                branches.addAll(all(BRANCH, Files.readString(file), Matcher::group)
                        .flatMap(action -> all(VALUE, action, found -> found.group(1)))
                        .toList());
            }
        }
        branches.removeAll(REQUIRED);

        assertThat(branches)
                .isNotEmpty()
                .isSubsetOf(Switch.ALL.stream().map(Switch::value).toList());
    }

    private static Stream<String> all(Pattern pattern, String text, Function<Matcher, String> part) {
        Matcher matcher = pattern.matcher(text);
        Stream.Builder<String> found = Stream.builder();
        while (matcher.find()) {
            found.add(part.apply(matcher));
        }
        return found.build();
    }

    /** The paths of a schema down to where it leaves to Kubernetes what may stand there. */
    private static Stream<String> described(String path, JsonNode schema, JsonNode root) {
        JsonNode resolved = resolved(schema, root);
        if (!resolved.has("properties")) {
            return Stream.of(path);
        }
        assertThat(resolved.path("additionalProperties").asBoolean(true))
                .as(path)
                .isFalse();
        return names(resolved.get("properties"))
                .flatMap(name ->
                        described(join(path, name), resolved.get("properties").get(name), root));
    }

    /** The paths of the values, as deep as the schema goes. */
    private static Stream<String> given(String path, JsonNode value, Set<String> described) {
        return described.contains(path) || !value.isObject()
                ? Stream.of(path)
                : names(value).flatMap(name -> given(join(path, name), value.get(name), described));
    }

    private static JsonNode resolved(JsonNode schema, JsonNode root) {
        return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Stream<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey);
    }

    private static String flag(String name) {
        return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static JsonNode values() throws IOException {
        return read(Chart.FOLDER.resolve("values.yaml"));
    }

    private static JsonNode read(Path file) throws IOException {
        return new KubernetesSerialization().unmarshal(Files.readString(file), JsonNode.class);
    }
}
