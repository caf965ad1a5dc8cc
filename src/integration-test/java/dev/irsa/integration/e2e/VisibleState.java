package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/** The visible state of a role and of the annotations of its ServiceAccount, as comparable facts. */
final class VisibleState {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final TreeMap<String, String> facts = new TreeMap<>();

    private VisibleState() {}

    /** Reads the current state. */
    static VisibleState of(Subject subject) {
        VisibleState seen = ofRole(subject, subject.roleName());
        String annotations = subject.field("sa/" + subject.name(), "{.metadata.annotations}");
        if (!annotations.isEmpty()) {
            json(annotations)
                    .properties()
                    .forEach(annotation -> seen.facts.put(
                            "annotation " + annotation.getKey(),
                            annotation.getValue().asText()));
        }
        return seen;
    }

    /** Reads only the role, which has a custom name. */
    static VisibleState ofRole(Subject subject, String name) {
        VisibleState seen = new VisibleState();
        seen.readRole(subject.env(), name);
        return seen;
    }

    private void readRole(TestEnvironment env, String name) {
        Role role = env.role(name);
        facts.put("description", Objects.requireNonNullElse(role.description(), ""));
        facts.put("session", role.maxSessionDuration().toString());
        if (role.permissionsBoundary() != null) {
            facts.put("boundary", role.permissionsBoundary().permissionsBoundaryArn());
        }
        facts.put("trust", json(decoded(role.assumeRolePolicyDocument())).toString());
        role.tags().forEach(tag -> facts.put("tag " + tag.key(), tag.value()));
        env.attached(name).forEach(arn -> facts.put("attached " + arn, ""));
        env.inline(name)
                .forEach(policy -> facts.put(
                        "inline " + policy, json(inline(env, name, policy)).toString()));
    }

    /** Waits until a later state is this one. */
    void awaitRestored(Subject subject) {
        TestEnvironment.await()
                // The operator may replace the role, or delete a policy, between two of the reads.
                .ignoreException(NoSuchEntityException.class)
                .untilAsserted(
                        () -> assertThat(changesTo(VisibleState.of(subject))).isEmpty());
    }

    /** Returns an inline policy of a role as JSON. */
    static String inline(TestEnvironment env, String role, String policy) {
        return decoded(env.iam()
                .getRolePolicy(request -> request.roleName(role).policyName(policy))
                .policyDocument());
    }

    /** Returns the trust policy of a role. */
    static JsonNode trust(Subject subject) {
        return json(decoded(subject.env().role(subject.roleName()).assumeRolePolicyDocument()));
    }

    static String decoded(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Parses JSON and sorts its keys. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(JSON.writeValueAsString(JSON.readValue(text, Object.class)));
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    SortedMap<String, String> all() {
        return new TreeMap<>(facts);
    }

    /** Returns the differences of a later state: {@code +} added, {@code -} removed, {@code ~} changed. */
    List<String> changesTo(VisibleState later) {
        TreeSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(later.facts.keySet());
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            String before = facts.get(name);
            String after = later.facts.get(name);
            if (before == null) {
                changes.add("+ " + (name + " " + after).strip());
            } else if (after == null) {
                changes.add("- " + name);
            } else if (!before.equals(after)) {
                changes.add("~ " + name + " " + after);
            }
        }
        return changes;
    }
}
