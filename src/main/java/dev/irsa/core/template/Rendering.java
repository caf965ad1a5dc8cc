package dev.irsa.core.template;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The result of rendering a template with the values of one use. */
public sealed interface Rendering {
    /**
     * The policy: the document of the template with other strings, and nothing else changed.
     *
     * @param document owned by the caller
     */
    record Rendered(ObjectNode document) implements Rendering {}

    /**
     * The template or the values are not valid.
     *
     * @param problem what is wrong, why, and what to do
     */
    record Refused(String problem) implements Rendering {}
}
