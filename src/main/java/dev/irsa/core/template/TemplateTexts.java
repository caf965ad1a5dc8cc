package dev.irsa.core.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.QuotedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists every string of a policy document, keys included, and decides where placeholders are allowed: in the resources and
 * condition values of statements that allow. What is not known is forbidden.
 */
final class TemplateTexts {
    private static final Optional<String> ALLOWED = Optional.empty();
    private static final Optional<String> ELSEWHERE =
            Optional.of("here; use them only in Resource and in the values of Condition");
    private static final Optional<String> DENY =
            Optional.of("in statements that deny, because a value could remove the denial; write the text itself");

    private static final int LONGEST_KEY = 60;

    private final List<TemplateText> texts = new ArrayList<>();

    private TemplateTexts() {}

    /** Returns the strings of a document that {@link dev.irsa.core.policy.PolicyGrammar} accepts. */
    static List<TemplateText> of(JsonNode document) {
        TemplateTexts texts = new TemplateTexts();
        for (var member : document.properties()) {
            if (member.getKey().equals("Statement")) {
                texts.statements(member.getValue());
            } else {
                texts.all(member.getKey(), member.getValue(), ELSEWHERE);
            }
        }
        return List.copyOf(texts.texts);
    }

    private void statements(JsonNode statements) {
        if (statements.isObject()) {
            statement("Statement", statements);
            return;
        }
        for (int i = 0; i < statements.size(); i++) {
            statement("Statement[" + i + "]", statements.path(i));
        }
    }

    private void statement(String path, JsonNode statement) {
        boolean allows = statement.path("Effect").asText().equals("Allow");
        for (var member : statement.properties()) {
            String place = path + "." + member.getKey();
            JsonNode value = member.getValue();
            switch (member.getKey()) {
                case "Resource" -> all(place, value, allows ? ALLOWED : DENY);
                case "Condition" -> condition(place, value, allows);
                default -> all(place, value, allows ? ELSEWHERE : DENY);
            }
        }
    }

    private void condition(String path, JsonNode condition, boolean allows) {
        for (var operator : condition.properties()) {
            String place = key(path, operator.getKey());
            if (!operator.getValue().isObject()) {
                all(place, operator.getValue(), ELSEWHERE);
                continue;
            }
            Optional<String> forbidden = allows ? forbiddenUnder(operator.getKey()) : DENY;
            for (var values : operator.getValue().properties()) {
                all(key(place, values.getKey()), values.getValue(), forbidden);
            }
        }
    }

    private static Optional<String> forbiddenUnder(String operator) {
        return ConditionOperator.allowsPlaceholders(operator)
                ? ALLOWED
                : Optional.of(
                        "under " + QuotedValue.of(operator)
                                + ", because a value could widen the policy; use an operator such as StringEquals or StringLike");
    }

    private String key(String path, String key) {
        String place = path + "." + (key.length() <= LONGEST_KEY ? key : QuotedValue.of(key));
        texts.add(new TemplateText(place, key, ELSEWHERE));
        return place;
    }

    /** The values of a resource or a condition are a string or a list of strings. Anything deeper is unknown. */
    private void all(String path, JsonNode value, Optional<String> forbidden) {
        if (value.isTextual()) {
            texts.add(new TemplateText(path, value.asText(), forbidden));
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            JsonNode element = value.path(i);
            all(path + "[" + i + "]", element, element.isTextual() ? forbidden : ELSEWHERE);
        }
        for (var member : value.properties()) {
            all(key(path, member.getKey()), member.getValue(), ELSEWHERE);
        }
    }
}
