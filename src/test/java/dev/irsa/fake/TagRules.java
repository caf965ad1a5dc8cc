package dev.irsa.fake;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/** What a tag may be: "Rules for tagging in IAM and AWS STS" in the IAM User Guide. */
final class TagRules {
    private static final int PER_REQUEST = 50;
    private static final String CHARACTERS = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";
    private static final Pattern KEY = Pattern.compile(CHARACTERS + "+");
    private static final Pattern VALUE = Pattern.compile(CHARACTERS + "*");

    private TagRules() {}

    /** The tags of a request in their order, when they are such as IAM takes. */
    static Map<String, String> accept(List<Tag> tags) {
        if (tags.size() > PER_REQUEST) {
            throw NameRules.constraint("tags", "[" + tags.size() + " tags]", tooMany());
        }
        var seen = new HashSet<String>();
        var accepted = new LinkedHashMap<String, String>();
        for (int i = 0; i < tags.size(); i++) {
            var tag = tags.get(i);
            checkKey("tags." + (i + 1) + ".member.key", tag.key());
            checkValue("tags." + (i + 1) + ".member.value", tag.value());
            if (!seen.add(NameRules.key(tag.key()))) {
                throw IamErrors.invalidInput(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            accepted.put(tag.key(), tag.value());
        }
        return accepted;
    }

    /** The keys that an UntagRole may name. */
    static void acceptKeys(Collection<String> keys) {
        if (keys.size() > PER_REQUEST) {
            throw NameRules.constraint("tagKeys", "[" + keys.size() + " keys]", tooMany());
        }
        keys.forEach(key -> checkKey("tagKeys", key));
    }

    private static void checkKey(String parameter, String key) {
        NameRules.required(parameter, key);
        NameRules.atMost(parameter, key, 128);
        check(parameter, key, KEY);
        if (NameRules.key(key).startsWith("aws:")) {
            throw IamErrors.invalidInput("aws: prefixed tag key names are not allowed for external use: " + key);
        }
    }

    private static void checkValue(String parameter, @Nullable String value) {
        if (value == null) {
            throw NameRules.constraint(parameter, "null", "Member must not be null");
        }
        NameRules.atMost(parameter, value, 256);
        check(parameter, value, VALUE);
    }

    private static void check(String parameter, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw NameRules.constraint(
                    parameter, value, "Member must satisfy regular expression pattern: " + pattern.pattern());
        }
    }

    private static String tooMany() {
        return "Member must have length less than or equal to " + PER_REQUEST;
    }
}
