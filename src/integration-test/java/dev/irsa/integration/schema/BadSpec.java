package dev.irsa.integration.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.fixtures.docs.Manifests;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One entry of {@code manifests/bad-specs.yaml} or {@code manifests/bad-entitlements.yaml}.
 *
 * @param fragments fragments of kubectl's error message
 */
record BadSpec(String title, JsonNode spec, List<String> fragments) {
    private static final Pattern LONG = Pattern.compile("LONG_(\\d+)");
    private static final Pattern FIELD = Pattern.compile("spec(\\.\\w+)*");
    private static final Pattern TIMES = Pattern.compile("(\\d+) times \\((.*?)\\)");

    static List<BadSpec> allOf(String file) {
        var yaml = Manifests.text(file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(BadSpec::expand)
                .collect(Collectors.joining("\n"));
        return List.of(Serialization.unmarshal("---\n" + yaml, BadSpec[].class));
    }

    /** Returns the field in the first fragment, without brackets. */
    String field() {
        return FIELD.matcher(fragments.getFirst())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    String manifest(String namespace) {
        return manifest(namespace, "bad", Serialization.asJson(spec));
    }

    static String manifest(String namespace, String name, String spec) {
        return """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: %s}
                spec: %s
                """.formatted(namespace, name, spec);
    }

    private static String expand(String line) {
        var withLongWords = LONG.matcher(line).replaceAll(found -> "x".repeat(Integer.parseInt(found.group(1))));
        return TIMES.matcher(withLongWords)
                .replaceAll(found -> IntStream.rangeClosed(1, Integer.parseInt(found.group(1)))
                        .mapToObj(i -> found.group(2).replace("#", String.valueOf(i)))
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return title;
    }
}
