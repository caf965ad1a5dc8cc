package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The IAM role. Names, paths and tags use the character sets of the IAM API Reference (CreateRole, Tag). Paths exclude
 * characters that could act as a wildcard or a policy variable in an ARN.
 */
@Stored
@ValidationRule(
        value = "!has(self.name) || self.name.matches(r'^[A-Za-z0-9_+=,.@-]+$')",
        fieldPath = ".name",
        messageExpression = "\"role.name: '\" + self.name + \"' is not a valid IAM name; use letters, digits and the "
                + "characters _+=,.@-\"",
        message = "role.name must be a valid IAM name: letters, digits and the characters _+=,.@-")
@ValidationRule(
        value = "!has(self.path) || self.path.matches(r'^/([A-Za-z0-9_+=,.@-]+/)*$')",
        fieldPath = ".path",
        messageExpression =
                "\"role.path: '\" + self.path + \"' must start and end with '/'; between single slashes, use "
                        + "letters, digits and the characters _+=,.@-, as in /irsa/payments/\"",
        message = "role.path must start and end with '/' and contain only letters, digits and the characters "
                + "_+=,.@- between single slashes, such as /irsa/payments/")
@ValidationRule(
        value = "!has(self.description) || self.description.matches(r'^[\\t\\n\\x20-\\x7E\\x{A1}-\\x{FF}]*$')",
        fieldPath = ".description",
        message = "role.description has a character that IAM rejects or changes; use only Latin-1 characters, without "
                + "carriage returns, emoji, typographic dashes or quotation marks")
@ValidationRule(
        value = "!has(self.permissionsBoundaryARN) || self.permissionsBoundaryARN.matches(" + PolicyNames.IS_ARN + ")",
        fieldPath = ".permissionsBoundaryARN",
        messageExpression =
                "\"role.permissionsBoundaryARN: '\" + self.permissionsBoundaryARN + \"' is not the ARN of a "
                        + "managed policy; write one such as arn:aws:iam::111122223333:policy/boundary\"",
        message = "role.permissionsBoundaryARN must be the ARN of a managed policy, such as "
                + "arn:aws:iam::111122223333:policy/boundary")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, " + RoleSpec.IS_TAG_KEY + ")",
        fieldPath = ".tags",
        messageExpression =
                "\"role.tags: '\" + self.tags.filter(k, !(" + RoleSpec.IS_TAG_KEY + "))[0] + \"' is a key that "
                        + "IAM rejects; use 1 to 128 letters, digits, spaces and the characters _.:/=+@-\"",
        message =
                "role.tags has a key that IAM rejects; use 1 to 128 letters, digits, spaces and the characters _.:/=+@-")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, self.tags[k].matches(" + RoleSpec.IS_TAG_VALUE + "))",
        fieldPath = ".tags",
        messageExpression = "\"role.tags: '\" + self.tags.filter(k, !self.tags[k].matches(" + RoleSpec.IS_TAG_VALUE
                + "))[0] + \"' has a value that IAM rejects; use only letters, digits, spaces and the characters "
                + "_.:/=+@-\"",
        message =
                "role.tags has a value that IAM rejects; use only letters, digits, spaces and the characters _.:/=+@-")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, !k.matches(" + RoleSpec.IS_RESERVED_TAG + "))",
        fieldPath = ".tags",
        messageExpression = "\"role.tags: '\" + self.tags.filter(k, k.matches(" + RoleSpec.IS_RESERVED_TAG
                + "))[0] + \"' starts with aws: or irsa.dev/; these prefixes are reserved for AWS and the operator, "
                + "regardless of case; choose another key\"",
        message = "role.tags has a key that starts with aws: or irsa.dev/; these prefixes are reserved for AWS and the "
                + "operator, regardless of case; choose another key")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, !k.matches(" + RoleSpec.IS_SESSION_TAG + "))",
        fieldPath = ".tags",
        messageExpression = "\"role.tags: '\" + self.tags.filter(k, k.matches(" + RoleSpec.IS_SESSION_TAG
                + "))[0] + \"' starts with kubernetes- or eks-cluster-; these prefixes are reserved for the session tags of "
                + "EKS Pod Identity, regardless of case; choose another key\"",
        message =
                "role.tags has a key that starts with kubernetes- or eks-cluster-; these prefixes are reserved for the "
                        + "session tags of EKS Pod Identity, regardless of case; choose another key")
@ValidationRule(
        value = "!has(self.tags) || self.tags.all(k, " + RoleSpec.IS_UNIQUE_TAG + ")",
        fieldPath = ".tags",
        messageExpression = "\"role.tags: '\" + self.tags.filter(k, self.tags.exists(l, k < l && "
                + "k.lowerAscii() == l.lowerAscii()))[0] + \"' differs only in case from another key; IAM treats them "
                + "as the same key; keep one of them\"",
        message = "role.tags has two keys that differ only in case; IAM treats them as the same key; keep one of them")
@SchemaCustomizer(value = SchemaDetails.class, input = "maxSessionDurationSeconds=int32")
public record RoleSpec(
        @Size(max = 64)
        @JsonPropertyDescription(
                "Name of the role. Default: <cluster>_<namespace>_<name>, which is unique. " + "Immutable.")
        @Nullable
        String name,

        @Size(max = 512)
        @JsonPropertyDescription(
                "Path of the role, such as /irsa/payments/. Default: the role path of the operator. " + "Immutable.")
        @Nullable
        String path,

        @Size(max = 1000)
        @JsonPropertyDescription("Description of the role, which the AWS console shows. Default: empty.")
        String description,

        @Min(MIN_SESSION_SECONDS)
        @Max(MAX_SESSION_SECONDS)
        @JsonPropertyDescription(
                "Maximum lifetime of the credentials of a session, in seconds, 3600 to 43200. Default: " + "3600.")
        int maxSessionDurationSeconds,

        @Size(max = PolicyNames.MAX_LENGTH)
        @JsonPropertyDescription("ARN of the managed policy that is the permissions boundary of the role. The operator "
                + "never removes an existing boundary. Default: none.")
        @Nullable
        String permissionsBoundaryARN,

        @Size(max = 40)
        @JsonPropertyDescription(
                "Tags of the role, in addition to those of the operator; at most 40. Sessions carry them "
                        + "as aws:PrincipalTag. The prefixes aws:, irsa.dev/, kubernetes- and eks-cluster- are "
                        + "reserved. Default: none.")
        Map<String, @Size(max = 256) String> tags,

        @JsonPropertyDescription("Whether the operator may adopt an existing role of that name. Never (default): it "
                + "reports RoleConflict instead. IfOffered: it adopts the role if the role has the tag "
                + "irsa.dev/adoptable-by with the value <cluster>/<namespace>/<name of this resource>.")
        AdoptionPolicy adoption) {
    /** Whether a tag key {@code k} has the length and the characters that IAM accepts. */
    static final String IS_TAG_KEY = "size(k) <= 128 && k.matches(r'^[\\pL\\pZ\\pN_.:/=+@-]+$')";

    /** {@code r'^…$'}: a tag value that IAM accepts. */
    static final String IS_TAG_VALUE = "r'^[\\pL\\pZ\\pN_.:/=+@-]*$'";

    /** {@code r'^…'}: a tag key of AWS or of the operator. */
    static final String IS_RESERVED_TAG = "r'^(?i:aws:|[i\\x{130}\\x{131}]rsa\\.dev/)'";

    /** {@code r'^…'}: a tag key of the sessions of EKS Pod Identity. */
    static final String IS_SESSION_TAG = "r'^(?i:kubernetes-|eks-cluster-)'";

    /** Whether a tag key {@code k} is the only one with its letters, regardless of case. */
    static final String IS_UNIQUE_TAG = "self.tags.exists_one(l, k.lowerAscii() == l.lowerAscii())";

    /** The shortest session duration that IAM accepts, and its default, in seconds. */
    public static final int MIN_SESSION_SECONDS = 3600;

    /** The longest session duration that IAM accepts, in seconds. */
    public static final int MAX_SESSION_SECONDS = 43200;

    /** A role with the default name and path, a session of one hour, and nothing else. */
    public static final RoleSpec DEFAULT =
            new RoleSpec(null, null, "", MIN_SESSION_SECONDS, null, Map.of(), AdoptionPolicy.Never);

    public RoleSpec {
        description = Objects.requireNonNullElse(description, "");
        tags = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(tags, Map.of())));
        adoption = Objects.requireNonNullElse(adoption, AdoptionPolicy.Never);
    }

    /** Reads the role. An absent session duration is the default, unlike a duration of 0 seconds. */
    @JsonCreator
    static RoleSpec read(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("path") @Nullable String path,
            @JsonProperty("description") String description,
            @JsonProperty("maxSessionDurationSeconds") @Nullable Integer maxSessionDurationSeconds,
            @JsonProperty("permissionsBoundaryARN") @Nullable String permissionsBoundaryARN,
            @JsonProperty("tags") Map<String, String> tags,
            @JsonProperty("adoption") AdoptionPolicy adoption) {
        int session = Objects.requireNonNullElse(maxSessionDurationSeconds, MIN_SESSION_SECONDS);
        return new RoleSpec(name, path, description, session, permissionsBoundaryARN, tags, adoption);
    }
}
