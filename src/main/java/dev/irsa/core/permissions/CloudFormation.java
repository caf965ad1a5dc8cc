package dev.irsa.core.permissions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

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
