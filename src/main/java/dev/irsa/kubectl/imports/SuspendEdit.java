package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.YamlDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Changes {@code spec.suspend} in the text of a file, and keeps every other character. The result is parsed again, so that an
 * edit that would change anything else is refused.
 *
 * @param source names the file in messages
 * @param defaultNamespace of manifests without one
 */
public record SuspendEdit(String source, String defaultNamespace) {
    /**
     * Returns the text with the resource resumed.
     *
     * @throws InvalidFile if the text cannot be edited safely
     */
    public String resume(String text, AccountKey key) throws InvalidFile {
        return set(text, key, false);
    }

    /**
     * Returns the text with the resource suspended, which has {@code suspend: false} in it.
     *
     * @throws InvalidFile if the text cannot be edited safely
     */
    public String suspend(String text, AccountKey key) throws InvalidFile {
        return set(text, key, true);
    }

    private String set(String text, AccountKey key, boolean suspend) throws InvalidFile {
        String old = String.valueOf(!suspend);
        int start = position(text, key, old)
                .orElseThrow(() -> unsafe(key, suspend, "the value " + old + " of suspend was not found"));
        String edited = text.substring(0, start) + suspend + text.substring(start + old.length());
        if (!YamlDocuments.parse(source, edited).equals(expected(text, key, suspend))) {
            throw unsafe(key, suspend, "another value would change too, for example through an alias");
        }
        return edited;
    }

    private InvalidFile unsafe(AccountKey key, boolean suspend, String why) {
        return new InvalidFile("the file " + source + " cannot be edited safely for IamServiceAccount "
                + key.namespace() + "/" + key.name() + ", because " + why
                + "; write each manifest as a document of its own with the line suspend: " + !suspend
                + ", or set it to " + suspend + " by hand");
    }

    private List<JsonNode> expected(String text, AccountKey key, boolean suspend) throws InvalidFile {
        List<JsonNode> documents = YamlDocuments.parse(source, text);
        for (JsonNode document : documents) {
            JsonNode metadata = document.path("metadata");
            if (document.path("kind").asText().equals(IamServiceAccount.class.getSimpleName())
                    && metadata.path("name").asText().equals(key.name())
                    && metadata.path("namespace").asText(defaultNamespace).equals(key.namespace())
                    && document.path("spec") instanceof ObjectNode spec) {
                spec.put("suspend", suspend);
            }
        }
        return documents;
    }

    /** Returns where the value begins; empty unless exactly one document has it in a known form. */
    private Optional<Integer> position(String text, AccountKey key, String old) throws InvalidFile {
        List<Integer> found = new ArrayList<>();
        try {
            for (Node document :
                    new Compose(LoadSettings.builder().setLabel(source).build()).composeAllFromString(text)) {
                if (isOf(document, key)) {
                    field(document, "spec")
                            .flatMap(spec -> field(spec, "suspend"))
                            .flatMap(Node::getStartMark)
                            .map(Mark::getIndex)
                            .ifPresent(index -> found.add(text.offsetByCodePoints(0, index)));
                }
            }
        } catch (YamlEngineException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
        return found.size() == 1 && text.startsWith(old, found.getFirst())
                ? Optional.of(found.getFirst())
                : Optional.empty();
    }

    private boolean isOf(Node document, AccountKey key) {
        Optional<Node> metadata = field(document, "metadata");
        return text(field(document, "kind")).equals(IamServiceAccount.class.getSimpleName())
                && text(metadata.flatMap(node -> field(node, "name"))).equals(key.name())
                && metadata.flatMap(node -> field(node, "namespace"))
                        .map(node -> text(Optional.of(node)))
                        .orElse(defaultNamespace)
                        .equals(key.namespace());
    }

    private static String text(Optional<Node> node) {
        return node.filter(ScalarNode.class::isInstance)
                .map(scalar -> ((ScalarNode) scalar).getValue())
                .orElse("");
    }

    private static Optional<Node> field(Node node, String name) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> text(Optional.of(tuple.getKeyNode())).equals(name))
                        .map(tuple -> tuple.getValueNode())
                        .findFirst()
                : Optional.empty();
    }
}
