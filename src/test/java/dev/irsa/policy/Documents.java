package dev.irsa.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Policy documents of every shape that IAM knows. */
final class Documents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Documents() {}

    static Arbitrary<ObjectNode> any() {
        Arbitrary<String> versions = Arbitraries.of("2012-10-17", "2008-10-17", "");
        return Combinators.combine(versions, statement().list().ofMinSize(1).ofMaxSize(3))
                .as((version, statements) -> {
                    ObjectNode document = JSON.objectNode();
                    if (!version.isEmpty()) {
                        document.put("Version", version);
                    }
                    document.set("Statement", JSON.arrayNode().addAll(statements));
                    return document;
                });
    }

    private static Arbitrary<ObjectNode> statement() {
        return Combinators.combine(
                        Arbitraries.of("Allow", "Deny"),
                        Arbitraries.of("Read", "").optional(0.5),
                        member("Action", "NotAction", "s3:GetObject", "s3:PutObject", "dynamodb:*", "*"),
                        member("Resource", "NotResource", "*", "arn:aws:s3:::invoices/*", "arn:aws:s3:::Invoices/*"),
                        principal().optional(0.6),
                        condition().optional(0.6))
                .as((effect, sid, action, resource, principal, condition) -> {
                    ObjectNode statement = JSON.objectNode();
                    statement.put("Effect", effect);
                    sid.ifPresent(text -> statement.put("Sid", text));
                    statement.set(action.getKey(), action.getValue());
                    statement.set(resource.getKey(), resource.getValue());
                    principal.ifPresent(who -> statement.set("Principal", who));
                    condition.ifPresent(when -> statement.set("Condition", when));
                    return statement;
                });
    }

    private static Arbitrary<Map.Entry<String, ArrayNode>> member(String name, String opposite, String... values) {
        return Combinators.combine(Arbitraries.of(name, opposite), list(values)).as(Map::entry);
    }

    private static Arbitrary<JsonNode> principal() {
        Arbitrary<JsonNode> everybody = Arbitraries.just(JSON.textNode("*"));
        Arbitrary<JsonNode> somebody = Combinators.combine(
                        list(
                                "111122223333",
                                "arn:aws:iam::444455556666:root",
                                "arn:aws:iam::111122223333:role/ci",
                                "*"),
                        list("arn:aws:iam::111122223333:oidc-provider/oidc.example.com", "cognito.example.com"))
                .as((accounts, federated) -> {
                    ObjectNode who = JSON.objectNode();
                    who.set("AWS", accounts);
                    who.set("Federated", federated);
                    return who;
                });
        return Arbitraries.oneOf(everybody, somebody);
    }

    private static Arbitrary<ObjectNode> condition() {
        return Combinators.combine(
                        Arbitraries.of("StringEquals", "StringLike", "NumericLessThan"),
                        Arbitraries.of("oidc.example.com:sub", "oidc.example.com:aud", "aws:PrincipalTag/team"),
                        list("true", "7", "system:serviceaccount:a:b", "A", "a"),
                        Arbitraries.of("Bool", "Null").optional(0.5))
                .as((operator, key, values, second) -> {
                    ObjectNode condition = JSON.objectNode();
                    condition.putObject(operator).set(key, values);
                    second.ifPresent(other -> condition
                            .putObject(other)
                            .putArray("aws:SecureTransport")
                            .add("true"));
                    return condition;
                });
    }

    private static Arbitrary<ArrayNode> list(String... values) {
        return Arbitraries.of(List.of(values))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .uniqueElements()
                .map(texts -> {
                    ArrayNode array = JSON.arrayNode();
                    texts.forEach(array::add);
                    return array;
                });
    }
}
