package dev.irsa.docs;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code docs/reference.md}: every field of both resources, as {@code crds/} has them. */
public final class ReferencePage {
    static final Path PAGE = Path.of("docs", "reference.md");
    static final List<Path> DEFINITIONS = List.of(
            Path.of("crds", "iamserviceaccounts.irsa.dev.yaml"), Path.of("crds", "iamentitlements.irsa.dev.yaml"));

    private ReferencePage() {}

    /** Writes it. */
    public static void main(String[] args) throws IOException {
        Files.writeString(PAGE, content());
    }

    /** Its content as it should be. */
    static String content() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Reference

                Made from `crds/` by `make reference`; `kubectl explain iamsa.spec` shows the same. A default that the schema does
                not set is what the operator takes an absent field for.

                """);
        for (Path definition : DEFINITIONS) {
            page.append(
                    resource(Serialization.unmarshal(Files.readString(definition), CustomResourceDefinition.class)));
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static String resource(CustomResourceDefinition definition) {
        CustomResourceDefinitionNames names = definition.getSpec().getNames();
        CustomResourceDefinitionVersion version =
                definition.getSpec().getVersions().getFirst();
        JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
        String rules = schema.getXKubernetesValidations().stream()
                .map(rule -> "- " + SchemaTable.prose(rule.getMessage()) + " (`" + rule.getRule() + "`)\n")
                .collect(Collectors.joining());
        return """
                ## %s

                %s

                `apiVersion: %s/%s`, %s, short name `%s`, category `%s`.

                %s%s%s""".formatted(
                        names.getKind(),
                        SchemaTable.prose(schema.getDescription()),
                        definition.getSpec().getGroup(),
                        version.getName(),
                        definition.getSpec().getScope().equals("Cluster") ? "of the cluster" : "in a namespace",
                        String.join("`, `", names.getShortNames()),
                        String.join("`, `", names.getCategories()),
                        rules.isEmpty() ? "" : rules + "\n",
                        SchemaTable.of(names.getShortNames().getFirst() + ".spec", part(schema, "spec")),
                        SchemaTable.of(names.getShortNames().getFirst() + ".status", part(schema, "status")));
    }

    private static JSONSchemaProps part(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }
}
