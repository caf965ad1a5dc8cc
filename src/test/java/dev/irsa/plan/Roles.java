package dev.irsa.plan;

import dev.irsa.desired.DesiredRole;
import dev.irsa.desired.Origin;
import dev.irsa.desired.RoleIdentity;
import dev.irsa.observed.ObservedPolicies;
import dev.irsa.observed.ObservedRole;
import dev.irsa.observed.RoleState;
import dev.irsa.ownership.Owner;
import dev.irsa.ownership.UserTags;
import dev.irsa.policy.PolicyDocument;
import dev.irsa.policy.PolicyFingerprint;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Roles as they should be and as they are, from small sets of values, so that they often meet. */
final class Roles {
    static final String ARN = "arn:aws:iam::111122223333:role/irsa/prod/prod_payments_invoices";
    static final RoleIdentity IDENTITY = new RoleIdentity(
            "prod_payments_invoices",
            "/irsa/prod/",
            ARN,
            new Owner("prod", "cluster-id", "https://oidc.example.com", "payments/invoices"));

    static final String DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
    static final PolicyDocument ALLOW = document("Allow", "s3:GetObject");
    static final PolicyDocument DENY = document("Deny", "s3:GetObject");

    private Roles() {}

    static PolicyDocument document(String effect, String action) {
        return PolicyDocument.parse("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect
                + "\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}]}");
    }

    static Arbitrary<DesiredRole> desired() {
        return Combinators.combine(
                        descriptions(), sessions(), boundaries(), userTags(), documents(), attached(), inline())
                .as((description, session, boundary, tags, trust, managed, inline) -> new DesiredRole(
                        IDENTITY,
                        description,
                        session,
                        boundary,
                        withOurs(tags),
                        trust,
                        new TreeSet<>(managed),
                        new TreeMap<>(inline),
                        Origin.MADE));
    }

    /** A role that is ours, in whatever state. */
    static Arbitrary<RoleState> ours() {
        return Combinators.combine(
                        descriptions(), sessions(), boundaries(), roleTags(), documents(), attached(), inline())
                .as((description, session, boundary, tags, trust, attached, inline) -> new RoleState(
                        new ObservedRole(
                                IDENTITY.name(),
                                IDENTITY.path(),
                                ARN,
                                "AROA1",
                                description,
                                session,
                                boundary,
                                tags,
                                trust.fingerprint()),
                        ObservedPolicies.of(attached, fingerprints(inline))));
    }

    static Map<String, PolicyFingerprint> fingerprints(Map<String, PolicyDocument> documents) {
        TreeMap<String, PolicyFingerprint> fingerprints = new TreeMap<>();
        documents.forEach((name, document) -> fingerprints.put(name, document.fingerprint()));
        return fingerprints;
    }

    /** What a spec with these tags makes of them. */
    static SortedMap<String, String> withOurs(Map<String, String> user) {
        TreeMap<String, String> tags = new TreeMap<>(user);
        if (!user.isEmpty()) {
            tags.put(UserTags.KEY, UserTags.remember(user.keySet()));
        }
        tags.putAll(IDENTITY.owner().tags());
        return tags;
    }

    private static Arbitrary<SortedMap<String, String>> roleTags() {
        return Combinators.combine(userTags(), foreignTags(), Arbitraries.of(true, false))
                .as((user, foreign, shout) -> {
                    SortedMap<String, String> tags = withoutCase();
                    tags.putAll(foreign);
                    tags.putAll(withOurs(user));
                    SortedMap<String, String> cased = withoutCase();
                    tags.forEach((key, value) -> cased.put(shout ? key.toUpperCase(Locale.ROOT) : key, value));
                    return cased;
                });
    }

    private static SortedMap<String, String> withoutCase() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    private static Arbitrary<Map<String, String>> userTags() {
        return Arbitraries.maps(Arbitraries.of("team", "Stage", "cost centre"), Arbitraries.of("a", "b"))
                .ofMaxSize(3);
    }

    private static Arbitrary<Map<String, String>> foreignTags() {
        return Arbitraries.maps(Arbitraries.of("backup", "TEAM", "aws:stack"), Arbitraries.of("a", "c"))
                .ofMaxSize(3);
    }

    private static Arbitrary<String> descriptions() {
        return Arbitraries.of("", "Reads invoices");
    }

    private static Arbitrary<Integer> sessions() {
        return Arbitraries.of(3600, 7200);
    }

    private static Arbitrary<Optional<String>> boundaries() {
        return Arbitraries.of("arn:aws:iam::111122223333:policy/a", "arn:aws:iam::111122223333:policy/b")
                .optional(0.7);
    }

    private static Arbitrary<PolicyDocument> documents() {
        return Arbitraries.of(ALLOW, DENY, document("Allow", "s3:PutObject"));
    }

    private static Arbitrary<Set<String>> attached() {
        return Arbitraries.of("arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B", DENY_ALL)
                .set()
                .ofMaxSize(3);
    }

    private static Arbitrary<Map<String, PolicyDocument>> inline() {
        return Arbitraries.maps(Arbitraries.of("read", "write", "AWSRevokeOlderSessions"), documents())
                .ofMaxSize(3)
                .map(HashMap::new);
    }
}
