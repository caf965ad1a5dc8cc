package dev.irsa.permissions;

import dev.irsa.desired.AwsAccount;
import dev.irsa.desired.Issuer;
import dev.irsa.ownership.Owner;
import dev.irsa.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An operator for cluster production, and the policies that it may have been given. */
final class Sample {
    static final String ACCOUNT = "111122223333";
    static final String OPERATOR = "arn:aws:sts::" + ACCOUNT + ":assumed-role/irsa-operator/session";
    static final OperatorRole ITSELF = new OperatorRole("/", "irsa-operator");
    static final Issuer ISSUER = new Issuer("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC");
    static final String PROVIDER = provider(ISSUER.hostAndPath());

    static final String BOUNDARY = policy("workloads");
    static final String WIDER_BOUNDARY = policy("platform/wide");
    static final String ALLOWED = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

    /** Boundaries, allowed policies, and the provider to be made. */
    static final String BOUNDED = "with boundaries";
    /** The same, with roles to adopt under /teams/. */
    static final String ADOPTING = "with an adoption path";
    /** The same, with roles to adopt anywhere. */
    static final String ADOPTING_ANYWHERE = "with all paths to adopt from";
    /** Allowed policies and no boundary. */
    static final String UNBOUNDED = "without a boundary";
    /** Neither, and the provider only looked at. */
    static final String BARE = "with nothing given";

    static final Map<String, String> OWNED = new Owner("production", "uid-1", ISSUER.url(), "payments/invoices").tags();
    static final Map<String, String> OTHERS = new Owner("staging", "uid-2", "https://x.example.com", "a/b").tags();
    static final Map<String, String> CONSENT = Map.of("irsa.dev/adoptable-by", "production/payments/invoices");

    private static final List<String> BOUNDARIES = List.of(BOUNDARY, WIDER_BOUNDARY);
    private static final List<String> ATTACHABLE = List.of("arn:aws:iam::aws:policy/AmazonS3*", policy("payments/*"));

    private Sample() {}

    static Map<String, PolicyDocument> policies() {
        return Map.of(
                BOUNDED,
                OperatorPolicy.of(scope(List.of(), BOUNDARIES, ATTACHABLE, true)),
                ADOPTING,
                OperatorPolicy.of(scope(List.of("/teams/"), BOUNDARIES, ATTACHABLE, true)),
                ADOPTING_ANYWHERE,
                OperatorPolicy.of(scope(List.of("/"), BOUNDARIES, ATTACHABLE, true)),
                UNBOUNDED,
                OperatorPolicy.of(scope(List.of(), List.of(), ATTACHABLE, true)),
                BARE,
                OperatorPolicy.of(scope(List.of(), List.of(), List.of(), false)),
                Undeniable.TRUSTING,
                trustingTheOperator());
    }

    private static PolicyDocument trustingTheOperator() {
        return PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [{
                  "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "%s"}}]}
                """.formatted(OPERATOR));
    }

    static Scope scope(
            List<String> adoptionPaths, List<String> boundaries, List<String> attachable, boolean makesProvider) {
        return new Scope(
                "production",
                new AwsAccount("aws", ACCOUNT, ITSELF.name()),
                Optional.of("eu-west-1"),
                "/irsa/production/",
                adoptionPaths,
                boundaries,
                attachable,
                Optional.of(ISSUER),
                makesProvider,
                ITSELF);
    }

    /** A role by path and name, without the first slash. */
    static String role(String pathAndName) {
        return "arn:aws:iam::" + ACCOUNT + ":role/" + pathAndName;
    }

    static String ownRole() {
        return role("irsa/production/production_payments_invoices");
    }

    static String policy(String pathAndName) {
        return "arn:aws:iam::" + ACCOUNT + ":policy/" + pathAndName;
    }

    static String provider(String hostAndPath) {
        return "arn:aws:iam::" + ACCOUNT + ":oidc-provider/" + hostAndPath;
    }

    static Map<String, String> without(Map<String, String> tags, String key) {
        TreeMap<String, String> fewer = new TreeMap<>(tags);
        fewer.remove(key);
        return fewer;
    }

    static Map<String, String> and(Map<String, String> tags, String key, String value) {
        TreeMap<String, String> more = new TreeMap<>(tags);
        more.put(key, value);
        return more;
    }
}
