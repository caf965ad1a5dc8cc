package dev.irsa.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that IAM knows about one role at one moment. Documents are plain JSON here, as they were put; only answers to
 * API calls are URL-encoded.
 *
 * @param attached ARNs of managed policies
 * @param inline documents by policy name
 * @param tags values by key; keys differ in more than case
 * @param instanceProfiles names of the instance profiles that hold the role
 */
public record RoleRecord(
        String name,
        String path,
        String id,
        String arn,
        Instant created,
        String trust,
        String description,
        int maxSessionSeconds,
        Optional<String> boundary,
        Map<String, String> tags,
        List<String> attached,
        Map<String, String> inline,
        List<String> instanceProfiles) {

    /** What IAM gives a role that asks for nothing: one hour. */
    public static final int DEFAULT_SESSION_SECONDS = 3600;

    public RoleRecord {
        tags = copy(tags);
        attached = List.copyOf(attached);
        inline = copy(inline);
        instanceProfiles = List.copyOf(instanceProfiles);
    }

    /** A role that has nothing but its trust policy. */
    static RoleRecord bare(String name, String path, String id, String arn, Instant created, String trust) {
        return new RoleRecord(
                name,
                path,
                id,
                arn,
                created,
                trust,
                "",
                DEFAULT_SESSION_SECONDS,
                Optional.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of());
    }

    public RoleRecord withTrust(String document) {
        return copy(document, description, maxSessionSeconds, boundary, tags, attached, inline, instanceProfiles);
    }

    public RoleRecord withDescription(String text) {
        return copy(trust, text, maxSessionSeconds, boundary, tags, attached, inline, instanceProfiles);
    }

    public RoleRecord withMaxSessionSeconds(int seconds) {
        return copy(trust, description, seconds, boundary, tags, attached, inline, instanceProfiles);
    }

    public RoleRecord withBoundary(String policyArn) {
        return copy(
                trust,
                description,
                maxSessionSeconds,
                Optional.of(policyArn),
                tags,
                attached,
                inline,
                instanceProfiles);
    }

    public RoleRecord withoutBoundary() {
        return copy(trust, description, maxSessionSeconds, Optional.empty(), tags, attached, inline, instanceProfiles);
    }

    /** Sets a tag. A key that differs in case only is the same key, and the new spelling stays. */
    public RoleRecord withTag(String key, String value) {
        return withTags(changed(tags, map -> {
            map.keySet().removeIf(key::equalsIgnoreCase);
            map.put(key, value);
        }));
    }

    /** Removes a tag, whatever the case of its key. */
    public RoleRecord withoutTag(String key) {
        return withTags(changed(tags, map -> map.keySet().removeIf(key::equalsIgnoreCase)));
    }

    public RoleRecord withTags(Map<String, String> all) {
        return copy(trust, description, maxSessionSeconds, boundary, all, attached, inline, instanceProfiles);
    }

    public RoleRecord withAttached(String policyArn) {
        return attached.contains(policyArn) ? this : withAllAttached(with(attached, policyArn));
    }

    public RoleRecord withoutAttached(String policyArn) {
        return withAllAttached(without(attached, policyArn));
    }

    public RoleRecord withAllAttached(Collection<String> policyArns) {
        return copy(
                trust,
                description,
                maxSessionSeconds,
                boundary,
                tags,
                List.copyOf(policyArns),
                inline,
                instanceProfiles);
    }

    public RoleRecord withInline(String policyName, String document) {
        return withAllInline(changed(inline, map -> map.put(policyName, document)));
    }

    public RoleRecord withoutInline(String policyName) {
        return withAllInline(changed(inline, map -> map.remove(policyName)));
    }

    public RoleRecord withAllInline(Map<String, String> all) {
        return copy(trust, description, maxSessionSeconds, boundary, tags, attached, all, instanceProfiles);
    }

    public RoleRecord inInstanceProfile(String profile) {
        return inInstanceProfiles(with(without(instanceProfiles, profile), profile));
    }

    public RoleRecord outOfInstanceProfile(String profile) {
        return inInstanceProfiles(without(instanceProfiles, profile));
    }

    private RoleRecord inInstanceProfiles(List<String> all) {
        return copy(trust, description, maxSessionSeconds, boundary, tags, attached, inline, all);
    }

    private RoleRecord copy(
            String trust,
            String description,
            int maxSessionSeconds,
            Optional<String> boundary,
            Map<String, String> tags,
            List<String> attached,
            Map<String, String> inline,
            List<String> instanceProfiles) {
        return new RoleRecord(
                name,
                path,
                id,
                arn,
                created,
                trust,
                description,
                maxSessionSeconds,
                boundary,
                tags,
                attached,
                inline,
                instanceProfiles);
    }

    private static Map<String, String> copy(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private static Map<String, String> changed(Map<String, String> map, Consumer<Map<String, String>> change) {
        var copy = new LinkedHashMap<>(map);
        change.accept(copy);
        return copy;
    }

    private static List<String> with(List<String> list, String element) {
        var copy = new ArrayList<>(list);
        copy.add(element);
        return copy;
    }

    private static List<String> without(List<String> list, String element) {
        return list.stream().filter(e -> !e.equals(element)).toList();
    }
}
