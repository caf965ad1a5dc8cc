package dev.irsa.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pods a trust policy admits, as far as that is certain: those that its statements name literally, as the operator's do.
 *
 * @param claims one for each admitted ServiceAccount and way
 * @param complete whether it admits no other pods
 */
public record Admissions(Set<String> claims, boolean complete) {
    /** What a trust policy admits that was not read. */
    public static final Admissions UNKNOWN = new Admissions(Set.of(), false);

    private static final Admissions NONE = new Admissions(Set.of(), true);

    private static final String POD_IDENTITY = "pods.eks.amazonaws.com";
    private static final String CLUSTER = "aws:requesttag/eks-cluster-arn";
    private static final String NAMESPACE = "aws:requesttag/kubernetes-namespace";
    private static final String SERVICE_ACCOUNT = "aws:requesttag/kubernetes-service-account";

    /** Whether a trust policy admits a pod. */
    public enum Answer {
        YES,
        NO,
        /** It has statements that the operator does not evaluate. */
        UNKNOWN
    }

    public Admissions {
        claims = Set.copyOf(claims);
    }

    static Admissions of(JsonNode document) {
        List<JsonNode> statements = PolicyDocument.elements(document.path("Statement"));
        return statements.stream()
                        .allMatch(statement -> statement.path("Effect").asText().equals("Allow"))
                ? statements.stream().map(Admissions::ofStatement).reduce(NONE, Admissions::and)
                : UNKNOWN;
    }

    private static Admissions ofStatement(JsonNode statement) {
        JsonNode principal = statement.path("Principal");
        boolean plain = principal.isObject()
                && !statement.has("NotAction")
                && !principal.toString().contains("\"*\"");
        if (!plain) {
            return UNKNOWN;
        }
        List<String> providers = texts(principal.path("Federated"));
        List<String> services = texts(principal.path("Service"));
        if (providers.isEmpty() && !services.contains(POD_IDENTITY)) {
            return NONE;
        }
        List<String> actions = texts(statement.path("Action"));
        if (actions.stream().anyMatch(action -> action.contains("*") || action.contains("?"))) {
            return UNKNOWN;
        }
        Admissions all = NONE;
        for (String provider : providers) {
            all = all.and(allows(actions, "sts:AssumeRoleWithWebIdentity") ? ofProvider(statement, provider) : NONE);
        }
        return services.contains(POD_IDENTITY) && allows(actions, "sts:AssumeRole") && allows(actions, "sts:TagSession")
                ? all.and(ofPodIdentity(statement))
                : all;
    }

    private Admissions and(Admissions other) {
        TreeSet<String> both = new TreeSet<>(claims);
        both.addAll(other.claims);
        return new Admissions(both, complete && other.complete);
    }

    private static boolean allows(List<String> actions, String action) {
        return actions.stream().anyMatch(action::equalsIgnoreCase);
    }

    private static Admissions ofProvider(JsonNode statement, String provider) {
        String name = provider.substring(provider.indexOf('/') + 1).toLowerCase(Locale.ROOT);
        Map<String, List<String>> equal = onlyEqual(statement);
        if (!equal.keySet().equals(Set.of(name + ":sub", name + ":aud"))) {
            return UNKNOWN;
        }
        TreeSet<String> claims = new TreeSet<>();
        for (String subject : equal.getOrDefault(name + ":sub", List.of())) {
            equal.getOrDefault(name + ":aud", List.of())
                    .forEach(audience -> claims.add(token(provider, subject, audience)));
        }
        return new Admissions(claims, true);
    }

    private static Admissions ofPodIdentity(JsonNode statement) {
        Map<String, List<String>> equal = onlyEqual(statement);
        if (!equal.keySet().equals(Set.of(CLUSTER, NAMESPACE, SERVICE_ACCOUNT))) {
            return UNKNOWN;
        }
        TreeSet<String> claims = new TreeSet<>();
        for (String cluster : equal.getOrDefault(CLUSTER, List.of())) {
            for (String namespace : equal.getOrDefault(NAMESPACE, List.of())) {
                equal.getOrDefault(SERVICE_ACCOUNT, List.of())
                        .forEach(account -> claims.add(session(cluster, namespace, account)));
            }
        }
        return new Admissions(claims, true);
    }

    /**
     * Returns the values by key, in lower case, if the only condition of the statement is StringEquals, with each key once and
     * with literal values; else nothing.
     */
    private static Map<String, List<String>> onlyEqual(JsonNode statement) {
        JsonNode condition = statement.path("Condition");
        JsonNode equal = condition.path("StringEquals");
        Map<String, List<String>> values = new HashMap<>();
        equal.properties()
                .forEach(entry -> values.put(entry.getKey().toLowerCase(Locale.ROOT), texts(entry.getValue())));
        boolean literal = values.values().stream().flatMap(List::stream).noneMatch(value -> value.contains("${"));
        return literal && condition.size() == 1 && equal.size() == values.size() ? values : Map.of();
    }

    private static List<String> texts(JsonNode node) {
        return PolicyDocument.elements(node).stream().map(JsonNode::asText).toList();
    }

    private static String token(String provider, String subject, String audience) {
        return OidcProviderArn.withLowerCaseHost(provider) + " " + subject + " " + audience;
    }

    private static String session(String cluster, String namespace, String serviceAccount) {
        return cluster + " " + namespace + "/" + serviceAccount;
    }

    /**
     * Returns whether it admits a web identity token.
     *
     * @param provider the ARN of the OIDC provider of its issuer
     */
    public Answer admitsToken(String provider, String subject, String audience) {
        return answer(token(provider, subject, audience));
    }

    /** Returns whether it admits a session of EKS Pod Identity in the cluster with this ARN. */
    public Answer admitsSession(String cluster, String namespace, String serviceAccount) {
        return answer(session(cluster, namespace, serviceAccount));
    }

    private Answer answer(String claim) {
        if (claims.contains(claim)) {
            return Answer.YES;
        }
        return complete ? Answer.NO : Answer.UNKNOWN;
    }
}
