package dev.irsa.plugin.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Parses YAML and JSON manifests, with several documents and lists, as {@code kubectl apply} accepts them. */
public final class ManifestParser {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** The kinds of Kubernetes on which a plan depends. */
    private static final Set<String> NAMED = Set.of("Namespace", "ServiceAccount");

    private final String defaultNamespace;
    private final List<IamServiceAccount> resources = new ArrayList<>();
    private final List<IamEntitlement> entitlements = new ArrayList<>();
    private final TreeMap<String, Map<String, String>> namespaces = new TreeMap<>();
    private final TreeMap<String, Map<String, String>> serviceAccounts = new TreeMap<>();

    /** Creates a parser. Objects without a namespace belong to the default one. */
    public ManifestParser(String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
    }

    /**
     * Parses one file.
     *
     * @param source names the file in error messages
     * @throws InvalidManifest if it is not valid YAML, or has an object that the API server would reject
     */
    public void add(String source, String text) throws InvalidManifest {
        // It resolves anchors and merge keys, as kubectl does, and limits how much they may expand to.
        Load yaml = new Load(LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .build());
        try {
            for (Object document : yaml.loadAllFromString(text)) {
                addObject(source, JSON.valueToTree(document));
            }
        } catch (YamlEngineException e) {
            throw new InvalidManifest(source + " is not valid YAML" + location(e));
        }
    }

    /** Returns what was parsed so far. */
    public Manifests manifests() {
        return new Manifests(resources, entitlements, namespaces, serviceAccounts);
    }

    private void addObject(String source, JsonNode object) throws InvalidManifest {
        String kind = object.path("kind").asText();
        String apiVersion = object.path("apiVersion").asText();
        if (kind.endsWith("List") && object.path("items").isArray()) {
            for (JsonNode item : object.path("items")) {
                addObject(source, item);
            }
            return;
        }
        boolean ours = apiVersion.startsWith(IamServiceAccount.GROUP + "/");
        if (ours && !apiVersion.equals(IamServiceAccount.GROUP + "/" + IamServiceAccount.VERSION)) {
            throw new InvalidManifest(describe(source, object) + " has apiVersion " + apiVersion
                    + ", which does not exist; use " + IamServiceAccount.GROUP + "/" + IamServiceAccount.VERSION);
        }
        if (ours && kind.equals("IamServiceAccount")) {
            resources.add(namespaced(source, read(source, object, IamServiceAccount.class)));
        } else if (ours && kind.equals("IamEntitlement")) {
            entitlements.add(read(source, object, IamEntitlement.class));
        } else if (apiVersion.equals("v1") && NAMED.contains(kind) && isUnnamed(object)) {
            throw new InvalidManifest(describe(source, object) + " has no metadata.name; add one");
        } else if (apiVersion.equals("v1") && kind.equals("Namespace")) {
            ObjectMeta metadata = JSON.convertValue(object, Namespace.class).getMetadata();
            namespaces.put(metadata.getName(), Objects.requireNonNullElse(metadata.getLabels(), Map.of()));
        } else if (apiVersion.equals("v1") && kind.equals("ServiceAccount")) {
            ObjectMeta metadata =
                    JSON.convertValue(object, ServiceAccount.class).getMetadata();
            metadata.setNamespace(Objects.requireNonNullElse(metadata.getNamespace(), defaultNamespace));
            serviceAccounts.put(
                    Manifests.key(metadata), Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
        }
    }

    private IamServiceAccount namespaced(String source, IamServiceAccount resource) throws InvalidManifest {
        ObjectMeta metadata = resource.getMetadata();
        metadata.setNamespace(Objects.requireNonNullElse(metadata.getNamespace(), defaultNamespace));
        String key = Manifests.key(metadata);
        if (resources.stream()
                .anyMatch(other -> Manifests.key(other.getMetadata()).equals(key))) {
            throw new InvalidManifest(source + " has a second IamServiceAccount " + key + "; remove one of them");
        }
        return resource;
    }

    private static <T> T read(String source, JsonNode object, Class<T> type) throws InvalidManifest {
        if (isUnnamed(object)) {
            throw new InvalidManifest(describe(source, object) + " has no metadata.name; add one");
        }
        ObjectNode desired = object.deepCopy();
        desired.remove("status");
        if (!desired.path("spec").isObject()) {
            throw new InvalidManifest(describe(source, object) + " has no spec; add one, for example spec: {}");
        }
        T value;
        try {
            value = JSON.treeToValue(desired, type);
        } catch (JacksonException e) {
            throw new InvalidManifest(
                    describe(source, object) + " is not valid" + place(e) + ": " + e.getOriginalMessage());
        }
        Optional<String> unknown = UnknownFields.first(
                "spec", desired.path("spec"), JSON.valueToTree(value).path("spec"));
        if (unknown.isPresent()) {
            throw new InvalidManifest(describe(source, object) + " has an unknown field " + unknown.get()
                    + "; see: kubectl explain "
                    + object.path("kind").asText().toLowerCase(Locale.ROOT) + ".spec");
        }
        return value;
    }

    private static boolean isUnnamed(JsonNode object) {
        return object.path("metadata").path("name").asText().isEmpty();
    }

    private static String describe(String source, JsonNode object) {
        return source + ": " + object.path("kind").asText("object") + " "
                + object.path("metadata").path("name").asText("without a name");
    }

    /** Returns the path of the field that could not be read. */
    private static String place(JacksonException e) {
        return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                ? mapping.getPath().stream()
                        .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                        .collect(Collectors.joining(".", " at ", ""))
                : "";
    }

    private static String location(YamlEngineException e) {
        return e instanceof MarkedYamlEngineException marked
                ? marked.getProblemMark()
                                .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                                .orElse("")
                        + ": " + marked.getProblem()
                : ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
