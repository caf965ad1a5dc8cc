package dev.irsa.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Which documents IAM takes: "Grammar of the IAM JSON policy language" in the IAM User Guide, with IAM's messages. */
final class PolicyRules {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final Set<String> TOP = Set.of("Version", "Id", "Statement");
    private static final Set<String> ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");
    private static final Pattern RESOURCE = Pattern.compile("\\*|arn:.*", Pattern.DOTALL);

    private PolicyRules() {}

    /** A trust policy: who may assume the role. */
    static void trust(String document) {
        for (var statement : statements(document, "This policy contains invalid Json")) {
            if (statement.has("Resource") || statement.has("NotResource")) {
                throw IamErrors.malformed("Has prohibited field Resource");
            }
            if (!statement.has("Principal") && !statement.has("NotPrincipal")) {
                throw IamErrors.malformed("Missing required field Principal");
            }
            if (!values(statement.path("Action")).stream()
                    .allMatch(action -> NameRules.key(action).startsWith("sts:"))) {
                throw IamErrors.malformed("AssumeRole policy may only specify STS AssumeRole actions.");
            }
            Principals.check(statement.path("Principal"));
        }
    }

    /** An inline policy: what the role may do. */
    static void identity(String document) {
        for (var statement : statements(document, "Syntax errors in policy.")) {
            if (statement.has("Principal") || statement.has("NotPrincipal")) {
                throw IamErrors.malformed("Policy document should not specify a principal.");
            }
            if (!statement.has("Resource") && !statement.has("NotResource")) {
                throw IamErrors.malformed("Policy statement must contain resources.");
            }
            for (var resource : values(statement.path("Resource"))) {
                if (!RESOURCE.matcher(resource).matches()) {
                    throw IamErrors.malformed("Resource " + resource + " must be in ARN format or \"*\".");
                }
            }
            for (var action : values(statement.path("Action"))) {
                if (!action.equals("*") && !action.contains(":")) {
                    throw IamErrors.malformed(
                            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
                }
            }
        }
    }

    /** Length as the quotas count it. */
    static int sizeWithoutWhiteSpace(String document) {
        return Math.toIntExact(
                document.chars().filter(c -> !Character.isWhitespace(c)).count());
    }

    private static List<JsonNode> statements(String document, String notJson) {
        NameRules.document(document);
        var policy = parse(document, notJson);
        if (!policy.isObject() || !TOP.containsAll(names(policy)) || !policy.has("Statement")) {
            throw IamErrors.malformed("Syntax errors in policy.");
        }
        if (!VERSIONS.contains(policy.path("Version").asText())) {
            throw IamErrors.malformed("Policy document must be version 2012-10-17 or greater.");
        }
        var statement = policy.path("Statement");
        var all = statement.isObject() ? List.of(statement) : elements(statement);
        if (all.isEmpty()) {
            throw IamErrors.malformed("Syntax errors in policy.");
        }
        all.forEach(PolicyRules::statement);
        var sids = all.stream()
                .filter(s -> s.has("Sid"))
                .map(s -> s.path("Sid").asText())
                .toList();
        if (new HashSet<>(sids).size() < sids.size()) {
            throw IamErrors.malformed("Statement IDs (SID) in a single policy must be unique.");
        }
        return all;
    }

    private static void statement(JsonNode statement) {
        if (!statement.isObject()
                || !ELEMENTS.containsAll(names(statement))
                || !Set.of("Allow", "Deny").contains(statement.path("Effect").asText())
                || !(statement.path("Condition").isObject()
                        || statement.path("Condition").isMissingNode())) {
            throw IamErrors.malformed("Syntax errors in policy.");
        }
        if (values(statement.path("Action")).isEmpty()
                && values(statement.path("NotAction")).isEmpty()) {
            throw IamErrors.malformed("Policy statement must contain actions.");
        }
        if (!SID.matcher(statement.path("Sid").asText()).matches()) {
            throw IamErrors.malformed("Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the"
                    + " regular expression [0-9A-Za-z]*");
        }
    }

    private static JsonNode parse(String document, String notJson) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw IamErrors.malformed(notJson);
        }
    }

    /** One text, or the texts of a list: IAM takes both everywhere. */
    static List<String> values(JsonNode node) {
        return node.isTextual()
                ? List.of(node.asText())
                : elements(node).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> elements(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
