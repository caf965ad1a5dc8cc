package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Sample;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CloudFormationTest {
    private static final PolicyDocument PERMISSIONS = PolicyDocument.parse("{\"Id\":\"permissions\"}");
    private static final PolicyDocument TRUST = PolicyDocument.parse("{\"Id\":\"trust\"}");

    @Test
    void createsRoleWithItsPolicy() {
        assertThat(CloudFormation.of(new Installation(
                        new OperatorRole("/platform/", "irsa"), "production", PERMISSIONS, TRUST, Optional.empty())))
                .isEqualTo("""
                        AWSTemplateFormatVersion: "2010-09-09"
                        Description: "Permissions of irsa-operator for cluster production"
                        Resources:
                          Policy:
                            Type: "AWS::IAM::ManagedPolicy"
                            Properties:
                              ManagedPolicyName: "irsa"
                              Path: "/platform/"
                              Description: "Permissions of irsa-operator for cluster production"
                              PolicyDocument:
                                Id: "permissions"
                          Role:
                            Type: "AWS::IAM::Role"
                            Properties:
                              RoleName: "irsa"
                              Path: "/platform/"
                              AssumeRolePolicyDocument:
                                Id: "trust"
                              ManagedPolicyArns:
                              - Ref: "Policy"
                        Outputs:
                          RoleArn:
                            Value:
                              Fn::GetAtt:
                              - "Role"
                              - "Arn"
                        """);
    }

    @Test
    void setsBoundaryOfRole() throws JsonProcessingException {
        assertThat(role(Optional.of(Sample.WIDER_BOUNDARY))
                        .path("PermissionsBoundary")
                        .asText())
                .isEqualTo(Sample.WIDER_BOUNDARY);
    }

    @Test
    void omitsBoundaryByDefault() throws JsonProcessingException {
        assertThat(role(Optional.empty()).has("PermissionsBoundary")).isFalse();
    }

    @Test
    void namesTheAccountOfEachStackOfAStackSet() throws JsonProcessingException {
        PolicyDocument permissions = PolicyDocument.parse(
                "{\"Resource\":[\"arn:aws:iam::444455556666:role/${aws:PrincipalTag/team}/*\",\"*\"]}");
        PolicyDocument trust = PolicyDocument.parse("{\"AWS\":\"arn:aws:iam::111122223333:role/irsa-operator\"}");

        JsonNode resources = new YAMLMapper()
                .readTree(CloudFormation.ofStackSet(
                        new Installation(
                                Sample.ITSELF,
                                "production",
                                permissions,
                                trust,
                                Optional.of("arn:aws:iam::444455556666:policy/operators")),
                        "444455556666"))
                .path("Resources");

        assertThat(resources.at("/Policy/Properties/PolicyDocument/Resource").toString())
                .isEqualTo("[{\"Fn::Sub\":\"arn:aws:iam::${AWS::AccountId}:role/${!aws:PrincipalTag/team}/*\"},\"*\"]");
        assertThat(resources.at("/Role/Properties/PermissionsBoundary/Fn::Sub").asText())
                .isEqualTo("arn:aws:iam::${AWS::AccountId}:policy/operators");
        assertThat(resources.at("/Role/Properties/AssumeRolePolicyDocument").toString())
                .isEqualTo("{\"AWS\":\"arn:aws:iam::111122223333:role/irsa-operator\"}");
    }

    private static JsonNode role(Optional<String> boundary) throws JsonProcessingException {
        PolicyDocument policy = PolicyDocument.parse("{}");
        String template = CloudFormation.of(new Installation(Sample.ITSELF, "production", policy, policy, boundary));
        return new YAMLMapper().readTree(template).at("/Resources/Role/Properties");
    }
}
