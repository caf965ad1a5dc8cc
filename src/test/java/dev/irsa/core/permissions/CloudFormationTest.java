package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import org.junit.jupiter.api.Test;

class CloudFormationTest {
    private static final PolicyDocument PERMISSIONS = PolicyDocument.parse("{\"Id\":\"permissions\"}");
    private static final PolicyDocument TRUST = PolicyDocument.parse("{\"Id\":\"trust\"}");

    @Test
    void createsRoleWithItsPolicy() {
        assertThat(CloudFormation.of(
                        new Installation(new OperatorRole("/platform/", "irsa"), "production", PERMISSIONS, TRUST)))
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
}
