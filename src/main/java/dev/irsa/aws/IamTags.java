package dev.irsa.aws;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.Tag;

/** Converts tags to and from the types of the IAM API. */
public final class IamTags {
    private IamTags() {}

    /** Returns the tags as IAM receives them. */
    public static List<Tag> of(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Reads tags from a response. A tag without a key is dropped; a missing value is read as an empty one. */
    public static SortedMap<String, String> seen(List<Tag> tags) {
        TreeMap<String, String> seen = new TreeMap<>();
        for (Tag tag : tags) {
            if (tag.key() != null) {
                seen.put(tag.key(), Objects.requireNonNullElse(tag.value(), ""));
            }
        }
        return seen;
    }
}
