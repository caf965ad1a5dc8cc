package dev.irsa.core.permissions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;

/**
 * A CloudFormation template in YAML.
 *
 * <p>Source: AWS::IAM::ManagedPolicy and AWS::IAM::Role in the "AWS CloudFormation Template Reference".
 */
public final class CloudFormation {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private CloudFormation() {}

    /** Returns the template, with a line end after the last line. */
    public static String of(Installation installation) {
        return text(template(installation));
    }

    /**
     * Returns the same template for a StackSet. Instead of this account, each stack names the one in which it is created.
     *
     * @param account the ID of the account that the policies name
     */
    public static String ofStackSet(Installation installation, String account) {
        return text(inItsAccount(template(installation), account));
    }

    /** Source: "Fn::Sub" in the "AWS CloudFormation User Guide"; it leaves a policy variable alone that begins with an exclamation mark. */
    private static JsonNode inItsAccount(JsonNode node, String account) {
        String whole = ":" + account + ":";
        switch (node) {
            case ObjectNode object ->
                List.copyOf(object.properties())
                        .forEach(field -> object.set(field.getKey(), inItsAccount(field.getValue(), account)));
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, inItsAccount(list.get(i), account));
                }
            }
            case TextNode text
            when text.textValue().contains(whole) -> {
                String value = text.textValue().replace("${", "${!").replace(whole, ":${AWS::AccountId}:");
                return JsonNodeFactory.instance.objectNode().put("Fn::Sub", value);
            }
            default -> {}
        }
        return node;
    }

    private static ObjectNode template(Installation installation) {
        ObjectNode template = JsonNodeFactory.instance.objectNode();
        template.put("AWSTemplateFormatVersion", "2010-09-09");
        template.put("Description", installation.description());
        ObjectNode resources = template.putObject("Resources");
        ObjectNode policy = resource(resources, "Policy", "AWS::IAM::ManagedPolicy");
        policy.put("ManagedPolicyName", installation.role().name());
        policy.put("Path", installation.role().path());
        policy.put("Description", installation.description());
        policy.set("PolicyDocument", installation.permissions().json());
        ObjectNode role = resource(resources, "Role", "AWS::IAM::Role");
        role.put("RoleName", installation.role().name());
        role.put("Path", installation.role().path());
        role.set("AssumeRolePolicyDocument", installation.trust().json());
        installation.boundary().ifPresent(arn -> role.put("PermissionsBoundary", arn));
        role.putArray("ManagedPolicyArns").addObject().put("Ref", "Policy");
        template.putObject("Outputs")
                .putObject("RoleArn")
                .putObject("Value")
                .putArray("Fn::GetAtt")
                .add("Role")
                .add("Arn");
        return template;
    }

    private static String text(JsonNode template) {
        try {
            return YAML.writeValueAsString(template);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private static ObjectNode resource(ObjectNode resources, String name, String type) {
        return resources.putObject(name).put("Type", type).putObject("Properties");
    }
}
