package dev.irsa.integration.permissions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.access.AccessPolicy;
import dev.irsa.core.access.AccessQuery;
import dev.irsa.core.access.RoleAccess;
import dev.irsa.core.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A role with random policies and a question about it. The policies often concern what is asked, because their patterns are made from
 * the same few actions and ARNs.
 *
 * @param policies by name
 * @param boundary the name of one of them; empty if the role has none
 * @param isConditional whether a statement has a condition or a policy variable
 */
record GeneratedRole(
        Map<String, PolicyDocument> policies, String boundary, String action, String resource, boolean isConditional) {
    /** The value of aws:PrincipalTag/team in every request. */
    static final String TEAM = "red";

    /** Actions with a resource each. None of them needs a resource-based policy, as those of KMS do. */
    private static final List<List<String>> SAMPLES = List.of(
            List.of("s3:GetObject", "arn:aws:s3:::invoices/2026/red"),
            List.of("s3:DeleteObject", "arn:aws:s3:::invoices/2026/a"),
            List.of("s3:ListBucket", "arn:aws:s3:::invoices"),
            List.of("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:orders"),
            List.of("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"),
            List.of("iam:PassRole", "arn:aws:iam::111122223333:role/app/reader"),
            List.of("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3"));

    private static final Pattern ARN = Pattern.compile(
            "(?<service>arn:aws:[a-z0-9]+:)(?<region>[^:]*):(?<account>[^:]*)(?<type>:(?:(?:table|role)/|secret:)?)(?<name>.*)");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns a role that depends on nothing but the random numbers. */
    static GeneratedRole of(Random random) {
        List<String> asked = SAMPLES.get(random.nextInt(SAMPLES.size()));
        boolean conditional = random.nextInt(4) == 0;
        Map<String, PolicyDocument> policies = new TreeMap<>();
        int count = 1 + random.nextInt(2);
        IntStream.range(0, count).forEach(i -> policies.put("policy-" + i, document(random, asked, conditional)));
        String boundary = random.nextBoolean() ? "boundary" : "";
        if (!boundary.isEmpty()) {
            policies.put(boundary, document(random, asked, conditional));
        }
        boolean isConditional = policies.values().stream()
                .anyMatch(policy ->
                        policy.text().contains("Condition") || policy.text().contains("${"));
        return new GeneratedRole(policies, boundary, asked.get(0), asked.get(1), isConditional);
    }

    List<String> ownPolicies() {
        return policies.keySet().stream().filter(name -> !name.equals(boundary)).toList();
    }

    RoleAccess access() {
        List<AccessPolicy> own = new ArrayList<>();
        Optional<AccessPolicy> bounding = Optional.empty();
        for (var policy : policies.entrySet()) {
            AccessPolicy parsed = AccessPolicy.of(policy.getKey(), policy.getValue());
            if (policy.getKey().equals(boundary)) {
                bounding = Optional.of(parsed);
            } else {
                own.add(parsed);
            }
        }
        return new RoleAccess(own, bounding);
    }

    AccessQuery query() {
        return AccessQuery.of(action, resource);
    }

    private static PolicyDocument document(Random random, List<String> asked, boolean conditional) {
        ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
        ArrayNode statements = document.putArray("Statement");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ObjectNode statement = statements.addObject().put("Effect", random.nextInt(4) == 0 ? "Deny" : "Allow");
            element(random, statement, "Action", asked.get(0));
            element(random, statement, "Resource", asked.get(1));
            if (conditional && random.nextInt(3) == 0) {
                statement
                        .putObject("Condition")
                        .putObject(random.nextBoolean() ? "StringEquals" : "StringNotEquals")
                        .put("aws:PrincipalTag/team", random.nextBoolean() ? TEAM : "blue");
            }
            if (conditional && random.nextInt(3) == 0) {
                statement
                        .withArray("/" + (statement.has("Resource") ? "Resource" : "NotResource"))
                        .add("arn:aws:s3:::invoices/2026/${aws:PrincipalTag/team}");
            }
        }
        return PolicyDocument.of(document);
    }

    private static void element(Random random, ObjectNode statement, String name, String asked) {
        boolean negated = random.nextInt(6) == 0;
        ArrayNode patterns = statement.putArray(negated ? "Not" + name : name);
        int sample = name.equals("Action") ? 0 : 1;
        new ArrayList<>(IntStream.rangeClosed(0, random.nextInt(2)).boxed().toList())
                .forEach(_ -> patterns.add(pattern(
                        random,
                        negated || random.nextInt(3) == 0
                                ? SAMPLES.get(random.nextInt(SAMPLES.size())).get(sample)
                                : asked)));
    }

    private static String pattern(Random random, String text) {
        if (random.nextInt(8) == 0) {
            return "*";
        }
        Matcher arn = ARN.matcher(text);
        if (!arn.matches()) {
            int colon = text.indexOf(':') + 1;
            String action = text.substring(0, colon) + blurred(random, text.substring(colon));
            return random.nextInt(10) == 0 ? action.toUpperCase(Locale.ROOT) : action;
        }
        // IAM does not document what it does with a wildcard for the service or the type of the resource.
        return random.nextInt(40) == 0
                ? "arn:aws:" + blurred(random, text.substring("arn:aws:".length()))
                : arn.group("service") + blurred(random, arn.group("region")) + ":"
                        + blurred(random, arn.group("account")) + arn.group("type")
                        + blurred(random, arn.group("name"));
    }

    /** Replaces some of the text, but no colon, with wildcards. */
    private static String blurred(Random random, String text) {
        if (text.isEmpty()) {
            return random.nextInt(4) > 0 ? "" : "*";
        }
        StringBuilder pattern = new StringBuilder(text);
        IntStream.range(0, random.nextInt(3)).forEach(_ -> {
            int at = random.nextInt(pattern.length() + 1);
            int end = Math.min(pattern.length(), at + random.nextInt(6));
            if (!pattern.substring(at, end).contains(":")) {
                pattern.replace(at, end, random.nextInt(3) == 0 ? "?" : "*");
            }
        });
        return pattern.toString();
    }
}
