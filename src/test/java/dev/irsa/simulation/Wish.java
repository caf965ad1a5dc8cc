package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user may ask for, and what the role must then have: said twice, as the operator's reading of a spec is not to be
 * measured by itself.
 */
enum Wish {
    READ("policies: {managed: [AmazonS3ReadOnlyAccess]}", "AmazonS3ReadOnlyAccess"),
    QUEUE("policies: {managed: [AmazonSQSFullAccess]}", "AmazonSQSFullAccess"),
    BOTH(
            "policies: {managed: [AmazonS3ReadOnlyAccess, AmazonSQSFullAccess]}",
            "AmazonS3ReadOnlyAccess",
            "AmazonSQSFullAccess"),
    INLINE("policies: {inline: [{name: own, document: " + document("s3:GetObject") + "}]}", "own=s3:GetObject"),
    OTHER_INLINE("policies: {inline: [{name: own, document: " + document("s3:PutObject") + "}]}", "own=s3:PutObject"),
    MIXED(
            "policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: own, document: " + document("s3:GetObject")
                    + "}]}",
            "AmazonS3ReadOnlyAccess",
            "own=s3:GetObject"),
    NOTHING("policies: {}"),
    AUDIENCE("policies: {managed: [AmazonS3ReadOnlyAccess]}\ntoken: {audience: other}", "AmazonS3ReadOnlyAccess"),
    BOUNDED(
            "policies: {managed: [AmazonS3ReadOnlyAccess]}\nrole: {permissionsBoundaryArn:"
                    + " 'arn:aws:iam::111122223333:policy/edge', description: bounded, tags: {team: a}}",
            "AmazonS3ReadOnlyAccess"),
    SUSPENDED("policies: {managed: [AmazonSQSFullAccess]}\nsuspend: true", "AmazonSQSFullAccess"),
    RETAINED("policies: {managed: [AmazonS3ReadOnlyAccess]}\ndeletionPolicy: Retain", "AmazonS3ReadOnlyAccess");

    private static final Map<Thing, Map<Wish, IamServiceAccountSpec>> SPECS = specs();

    private static final Map<Wish, Set<String>> POLICIES = Stream.of(values())
            .collect(Collectors.toMap(
                    wish -> wish,
                    wish -> wish.policies.isEmpty() ? Set.of() : Set.of(wish.policies.split(" ")),
                    (one, other) -> one,
                    () -> new EnumMap<>(Wish.class)));

    private final String yaml;
    /** Names of managed policies, and {@code name=action} of inline ones. */
    private final String policies;

    Wish(String yaml, String... policies) {
        this.yaml = yaml;
        this.policies = String.join(" ", policies);
    }

    private static String document(String action) {
        return "{Version: '2012-10-17', Statement: [{Effect: Allow, Action: '" + action + "', Resource: '*'}]}";
    }

    /** Read once, as a schedule runs in the time that it takes to read one. */
    private static Map<Thing, Map<Wish, IamServiceAccountSpec>> specs() {
        Map<Thing, Map<Wish, IamServiceAccountSpec>> specs = new EnumMap<>(Thing.class);
        for (Thing thing : Thing.values()) {
            Map<Wish, IamServiceAccountSpec> wishes = new EnumMap<>(Wish.class);
            for (Wish wish : values()) {
                String account = "\nserviceAccount: {name: " + thing.serviceAccount() + "}";
                wishes.put(wish, Serialization.unmarshal(wish.yaml + account, IamServiceAccountSpec.class));
            }
            specs.put(thing, wishes);
        }
        return specs;
    }

    IamServiceAccountSpec of(Thing thing) {
        return Optional.ofNullable(SPECS.get(thing))
                .map(specs -> specs.get(this))
                .orElseThrow();
    }

    /** Which wish a spec is. */
    static Wish of(Thing thing, IamServiceAccountSpec spec) {
        return SPECS.getOrDefault(thing, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue().equals(spec))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    Set<String> policies() {
        return Optional.ofNullable(POLICIES.get(this)).orElseThrow();
    }

    String audience() {
        return this == AUDIENCE ? "other" : "sts.amazonaws.com";
    }

    Optional<String> boundary() {
        return this == BOUNDED ? Optional.of("arn:aws:iam::111122223333:policy/edge") : Optional.empty();
    }

    /** Tags of the user's own. */
    Map<String, String> tags() {
        return this == BOUNDED ? new TreeMap<>(Map.of("team", "a")) : Map.of();
    }

    boolean suspends() {
        return this == SUSPENDED;
    }
}
