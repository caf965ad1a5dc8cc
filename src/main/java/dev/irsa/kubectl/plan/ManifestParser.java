package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Parses YAML and JSON manifests, with several documents and lists, as {@code kubectl apply} accepts them. */
public final class ManifestParser {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> METADATA = Set.of("name", "namespace", "labels", "annotations");

    private final String defaultNamespace;
    private final ManifestSchemas schemas = new ManifestSchemas();
    private final List<IamServiceAccount> resources = new ArrayList<>();
    private final List<IamEntitlement> entitlements = new ArrayList<>();
    private final List<IamPolicyTemplate> templates = new ArrayList<>();
    private final List<IamAccount> accounts = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final Map<String, String> files = new HashMap<>();
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
     * @throws InvalidFile if it is not valid YAML, or has an object that the API server would reject
     */
    public void add(String source, String text) throws InvalidFile {
        int number = 0;
        for (JsonNode document : YamlDocuments.parse(source, text)) {
            number++;
            int known = resources.size();
            addObject(source + ", document " + number, document);
            resources
                    .subList(known, resources.size())
                    .forEach(resource -> files.put(Manifests.key(resource.getMetadata()), source));
        }
    }

    /** Returns the file of each IamServiceAccount, by {@code namespace/name}. */
    public Map<String, String> files() {
        return Map.copyOf(files);
    }

    /** Returns what was parsed so far. */
    public Manifests manifests() {
        return new Manifests(resources, entitlements, templates, accounts, namespaces, serviceAccounts);
    }

    private void addObject(String source, JsonNode object) throws InvalidFile {
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
            throw new InvalidFile(describe(source, object) + " has apiVersion " + apiVersion
                    + ", which does not exist; use " + IamServiceAccount.GROUP + "/" + IamServiceAccount.VERSION);
        }
        if (ours && kind.equals("IamServiceAccount")) {
            resources.add(namespaced(source, read(source, object, IamServiceAccount.class)));
        } else if (ours && kind.equals("IamEntitlement")) {
            entitlements.add(read(source, object, IamEntitlement.class));
        } else if (ours && kind.equals("IamPolicyTemplate")) {
            templates.add(read(source, object, IamPolicyTemplate.class));
        } else if (ours && kind.equals("IamAccount")) {
            accounts.add(read(source, object, IamAccount.class));
        } else if (apiVersion.equals("v1") && kind.equals("Namespace")) {
            ObjectMeta metadata = metadata(source, object);
            namespaces.put(metadata.getName(), Objects.requireNonNullElse(metadata.getLabels(), Map.of()));
        } else if (apiVersion.equals("v1") && kind.equals("ServiceAccount")) {
            ObjectMeta metadata = metadata(source, object);
            metadata.setNamespace(Objects.requireNonNullElse(metadata.getNamespace(), defaultNamespace));
            serviceAccounts.put(
                    Manifests.key(metadata), Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
        }
    }

    private IamServiceAccount namespaced(String source, IamServiceAccount resource) throws InvalidFile {
        ObjectMeta metadata = resource.getMetadata();
        metadata.setNamespace(Objects.requireNonNullElse(metadata.getNamespace(), defaultNamespace));
        String key = Manifests.key(metadata);
        if (!keys.add(key)) {
            throw new InvalidFile(source + " has a second IamServiceAccount " + key + "; remove one of them");
        }
        return resource;
    }

    private <T extends HasMetadata> T read(String source, JsonNode given, Class<T> type) throws InvalidFile {
        ObjectMeta metadata = metadata(source, given);
        ObjectNode object = given.deepCopy();
        Optional<String> violation = schemas.resource(type, object);
        if (violation.isPresent()) {
            throw new InvalidFile(describe(source, given) + ": " + violation.get() + "; see: kubectl explain "
                    + given.path("kind").asText().toLowerCase(Locale.ROOT) + ".spec");
        }
        T value = JSON.convertValue(object.retain("spec"), type);
        value.setMetadata(metadata);
        return value;
    }

    /** Returns the metadata on which a plan depends. */
    private static ObjectMeta metadata(String source, JsonNode object) throws InvalidFile {
        Optional<String> violation =
                ManifestSchemas.metadata(object.path("kind").asText(), object);
        if (violation.isPresent()) {
            throw new InvalidFile(describe(source, object) + ": " + violation.get());
        }
        ObjectNode metadata = object.path("metadata").deepCopy();
        return JSON.convertValue(metadata.retain(METADATA), ObjectMeta.class);
    }

    private static String describe(String source, JsonNode object) {
        return source + ": " + object.path("kind").asText("object") + " "
                + object.path("metadata").path("name").asText("without a name");
    }
}
