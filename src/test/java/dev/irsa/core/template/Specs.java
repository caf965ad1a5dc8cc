package dev.irsa.core.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.fixtures.template.Templates;
import java.util.List;

/** Builds templates from fragments of YAML. */
final class Specs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Specs() {}

    /** Returns a template with these parameters and this single statement. */
    static PolicyTemplate template(String parameters, String statement) {
        return PolicyTemplate.of(
                "t",
                1,
                Templates.spec("parameters: [" + parameters + "]\ndocument: {Version: '2012-10-17', Statement: ["
                        + statement + "]}\n"));
    }

    /** Returns the problems of a template with the parameters a and b and the ARN c, and this statement. */
    static List<String> problems(String statement) {
        return template(
                        "{name: a, pattern: '.*'}, {name: b, pattern: '.*'}, {name: c, pattern: '.*', type: ARN}",
                        statement + ", {Effect: Allow, Action: '*', Resource: ['{{a}}', '{{b}}', '{{c}}']}")
                .problems();
    }

    /** Returns the problems of a resource, without their place. */
    static List<String> resourceProblems(String resource) {
        return problems("{Effect: Allow, Action: '*', Resource: '" + resource + "'}").stream()
                .map(problem -> problem.replace("document: Statement[0].Resource: ", ""))
                .toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
