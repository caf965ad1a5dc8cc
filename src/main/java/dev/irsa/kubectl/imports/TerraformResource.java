package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An instance of a resource in a Terraform state.
 *
 * @param address as {@code terraform state list} shows it
 * @param provider the provider configuration that manages it
 */
record TerraformResource(String address, String type, String provider, ObjectNode attributes) {
    static final String ROLE = "aws_iam_role";

    static final String POLICY = "aws_iam_policy";

    /** The types that attach or embed policies, in the order in which they are released. */
    static final List<String> PARTS = List.of(
            "aws_iam_role_policies_exclusive",
            "aws_iam_role_policy_attachments_exclusive",
            "aws_iam_policy_attachment",
            "aws_iam_role_policy_attachment",
            "aws_iam_role_policy");

    /** Returns whether the type is one that this program reads. */
    static boolean isKnown(String type) {
        return type.equals(ROLE) || type.equals(POLICY) || PARTS.contains(type);
    }

    /** Returns an attribute; empty if it is absent or not a text. */
    String attribute(String name) {
        return attributes.path(name).isTextual() ? attributes.path(name).asText() : "";
    }

    private boolean lists(String name, String value) {
        for (JsonNode element : attributes.path(name)) {
            if (element.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether this attaches or embeds a policy in a role of this name. */
    boolean isPartOf(String role) {
        return switch (type) {
            case "aws_iam_role_policies_exclusive", "aws_iam_role_policy_attachments_exclusive" ->
                attribute("role_name").equals(role);
            case "aws_iam_policy_attachment" -> lists("roles", role);
            case "aws_iam_role_policy_attachment", "aws_iam_role_policy" ->
                attribute("role").equals(role);
            default -> false;
        };
    }

    /** Returns whether this role or attachment names the managed policy. */
    boolean attaches(String policyArn) {
        return attribute("policy_arn").equals(policyArn)
                || lists("policy_arns", policyArn)
                || lists("managed_policy_arns", policyArn);
    }

    /**
     * Returns the address of an instance.
     *
     * @param indexKey the number of {@code count}, the key of {@code for_each}, or a missing node
     */
    static String address(String module, String type, String name, JsonNode indexKey) {
        String resource = (module.isEmpty() ? "" : module + ".") + type + "." + name;
        if (indexKey.isIntegralNumber()) {
            return resource + "[" + indexKey.asText() + "]";
        }
        return indexKey.isTextual() ? resource + "[\"" + escape(indexKey.asText()) + "\"]" : resource;
    }

    /** Escapes a key as in a quoted template of the Terraform language. */
    private static String escape(String key) {
        return key.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("${", "$${")
                .replace("%{", "%%{");
    }
}
