package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.fixtures.policy.Documents;
import dev.irsa.fixtures.policy.Meaning;
import dev.irsa.fixtures.policy.Respelling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalFormTest {
    @Provide
    Arbitrary<ObjectNode> documents() {
        return Documents.any();
    }

    @Property(tries = 10_000)
    void equivalentSpellingsAreEqual(@ForAll("documents") ObjectNode document, @ForAll long seed) {
        PolicyDocument one = PolicyDocument.of(document);
        PolicyDocument other = PolicyDocument.of(new Respelling(seed).of(document));

        assertThat(one).isEqualTo(other);
        assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
    }

    @Property
    void textParsesToEqualDocument(@ForAll("documents") ObjectNode document) {
        PolicyDocument sent = PolicyDocument.of(document);

        assertThat(PolicyDocument.parse(sent.text())).isEqualTo(sent).hasToString(sent.text());
    }

    @Property
    void detectsEverySingleChange(@ForAll("documents") ObjectNode document, @ForAll long seed) {
        for (Consumer<ObjectNode> change : changes(document)) {
            ObjectNode changed = document.deepCopy();
            change.accept(changed);
            ObjectNode respelled = new Respelling(seed).of(changed);

            assertThat(PolicyDocument.of(document)).isNotEqualTo(PolicyDocument.of(respelled));
            assertThat(PolicyDocument.of(respelled)).isNotEqualTo(PolicyDocument.of(document));
            assertThat(PolicyDocument.of(respelled).fingerprint())
                    .isNotEqualTo(PolicyDocument.of(document).fingerprint());
        }
    }

    @Property
    void documentsAreEqualOnlyIfTheirMeaningsAreEqual(
            @ForAll("documents") ObjectNode one, @ForAll("documents") ObjectNode other) {
        assertThat(PolicyDocument.of(one).equals(PolicyDocument.of(other)))
                .isEqualTo(Meaning.of(one).equals(Meaning.of(other)));
    }

    /** Returns a change for every scalar, list and member: a different text, an additional value, a removed member. */
    private static List<Consumer<ObjectNode>> changes(JsonNode document) {
        List<Consumer<ObjectNode>> changes = new ArrayList<>();
        paths("", document, changes);
        return changes;
    }

    private static void paths(String path, JsonNode node, List<Consumer<ObjectNode>> changes) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(key -> {
                String below = path + "/" + key.replace("~", "~0").replace("/", "~1");
                boolean versionDefault =
                        below.equals("/Version") && object.path(key).asText().equals("2008-10-17");
                if (!versionDefault) {
                    changes.add(root -> ((ObjectNode) root.at(path)).remove(key));
                }
                if (object.path(key).isTextual()) {
                    changes.add(root -> ((ObjectNode) root.at(path)).put(key, "changed"));
                }
                changes.add(
                        root -> ((ObjectNode) root.at(path)).set(key + "x", ((ObjectNode) root.at(path)).remove(key)));
                paths(below, object.path(key), changes);
            });
        }
        if (node.isArray() && !path.equals("/Statement")) {
            changes.add(root -> ((ArrayNode) root.at(path)).add("one-more"));
            changes.add(root -> ((ArrayNode) root.at(path)).set(0, "changed"));
        }
        if (node instanceof ArrayNode array && path.equals("/Statement")) {
            for (int i = 0; i < array.size(); i++) {
                paths(path + "/" + i, array.path(i), changes);
            }
        }
    }
}
