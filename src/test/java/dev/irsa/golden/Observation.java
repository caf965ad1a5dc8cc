package dev.irsa.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.desired.DesiredRole;
import dev.irsa.desired.DesiredServiceAccount;
import dev.irsa.observed.ObservedPolicies;
import dev.irsa.observed.ObservedRole;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.observed.RoleState;
import dev.irsa.ownership.Owner;
import dev.irsa.plan.Effect;
import dev.irsa.plan.ServiceAccountChange.Heir;
import dev.irsa.policy.PolicyDocument;
import dev.irsa.policy.PolicyFingerprint;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is there now, told as its differences from what the resource asks for: {@code role: {}} is a role just as it
 * should be, no {@code role} is none.
 */
record Observation(JsonNode file) {
    static final String OUR_UID = "11111111-2222-3333-4444-555555555555";
    private static final Set<String> ROLE =
            Set.of("arn", "id", "description", "maxSessionSeconds", "boundary", "tags", "trust", "attached", "inline");
    private static final Set<String> SERVICE_ACCOUNT = Set.of("made", "annotations", "ours");

    Observation {
        known(file, Set.of("role", "serviceAccount", "heir"));
        known(file.path("role"), ROLE);
        known(file.path("serviceAccount"), SERVICE_ACCOUNT);
    }

    Optional<RoleState> role(DesiredRole desired) {
        if (!file.has("role")) {
            return Optional.empty();
        }
        JsonNode role = file.path("role");
        SortedSet<String> attached =
                role.has("attached") ? new TreeSet<>(texts(role.path("attached"))) : desired.managed();
        SortedMap<String, PolicyFingerprint> inline =
                new TreeMap<>(Effect.policies(desired).inline());
        changes(role.path("inline")).forEach((name, document) -> {
            if (document == null) {
                inline.remove(name);
            } else {
                inline.put(name, PolicyDocument.of(document).fingerprint());
            }
        });
        SortedMap<String, String> tags = changed(desired.tags(), role.path("tags"));
        PolicyDocument trust = role.has("trust") ? PolicyDocument.of(role.path("trust")) : desired.trust();
        return Optional.of(new RoleState(
                new ObservedRole(
                        desired.name(),
                        desired.identity().path(),
                        role.path("arn").asText(desired.identity().arn()),
                        role.path("id").asText("AROAEXAMPLE"),
                        role.path("description").asText(desired.description()),
                        role.path("maxSessionSeconds").asInt(desired.maxSessionSeconds()),
                        role.has("boundary") ? Optional.of(role.path("boundary").asText()) : desired.boundary(),
                        tags,
                        trust.fingerprint(),
                        tags.containsKey(Owner.ADOPTABLE_BY) ? Optional.of(trust) : Optional.empty()),
                new ObservedPolicies(attached, inline)));
    }

    ObservedServiceAccount serviceAccount(DesiredServiceAccount desired) {
        if (!file.has("serviceAccount")) {
            return new ObservedServiceAccount.Absent();
        }
        JsonNode account = file.path("serviceAccount");
        SortedMap<String, String> annotations = changed(desired.annotations(), account.path("annotations"));
        Set<String> ours = account.has("ours")
                ? new TreeSet<>(texts(account.path("ours")))
                : desired.annotations().keySet();
        Set<String> owners = account.path("made").asBoolean() ? Set.of(OUR_UID) : Set.of();
        return new ObservedServiceAccount.Present("uid-of-the-service-account", annotations, ours, owners);
    }

    Optional<Heir> heir() {
        return file.has("heir")
                ? Optional.of(new Heir(file.path("heir").asText(), "uid-of-the-heir"))
                : Optional.empty();
    }

    /** The map with these entries changed; null takes one out. */
    private static SortedMap<String, String> changed(SortedMap<String, String> map, JsonNode changes) {
        TreeMap<String, String> changed = new TreeMap<>(map);
        changes(changes).forEach((key, value) -> {
            if (value == null) {
                changed.remove(key);
            } else {
                changed.put(key, value.asText());
            }
        });
        return changed;
    }

    private static TreeMap<String, @Nullable JsonNode> changes(JsonNode node) {
        TreeMap<String, @Nullable JsonNode> changes = new TreeMap<>();
        node.properties()
                .forEach(
                        change -> changes.put(change.getKey(), change.getValue().isNull() ? null : change.getValue()));
        return changes;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static void known(JsonNode node, Set<String> keys) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw new IllegalArgumentException("observed.yaml knows no " + name + ", only " + keys);
            }
        }
    }
}
