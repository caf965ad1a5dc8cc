package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Sample;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerraformTest {
    @Test
    void escapesTemplateSequences() {
        PolicyDocument policy = PolicyDocument.parse("""
                {"Resource": "arn:aws:s3:::home/${aws:username}/%{x}"}
                """);

        assertThat(Terraform.of(installation(policy, Optional.empty())))
                .contains("arn:aws:s3:::home/$${aws:username}/%%{x}")
                .doesNotContain("home/${", "permissions_boundary");
    }

    @Test
    void setsBoundaryOfRole() {
        PolicyDocument policy = PolicyDocument.parse("{}");

        assertThat(Terraform.of(installation(policy, Optional.of(Sample.WIDER_BOUNDARY))))
                .containsOnlyOnce("\n  permissions_boundary = \"" + Sample.WIDER_BOUNDARY + "\"\n");
    }

    private static Installation installation(PolicyDocument policy, Optional<String> boundary) {
        return new Installation(Sample.ITSELF, "production", policy, policy, boundary);
    }

    @Test
    void createsRoleWithItsPolicy() {
        PolicyDocument permissions = PolicyDocument.parse("{\"Id\":\"permissions\"}");
        PolicyDocument trust = PolicyDocument.parse("{\"Id\":\"trust\"}");

        assertThat(Terraform.of(new Installation(
                        new OperatorRole("/platform/", "irsa"), "production", permissions, trust, Optional.empty())))
                .isEqualTo("""
                        # Permissions of irsa-operator for cluster production
                        resource "aws_iam_policy" "irsa_operator" {
                          name        = "irsa"
                          path        = "/platform/"
                          description = "Permissions of irsa-operator for cluster production"
                          policy = jsonencode({
                            "Id" : "permissions"
                          })
                        }

                        resource "aws_iam_role" "irsa_operator" {
                          name = "irsa"
                          path = "/platform/"
                          assume_role_policy = jsonencode({
                            "Id" : "trust"
                          })
                        }

                        resource "aws_iam_role_policy_attachment" "irsa_operator" {
                          role       = aws_iam_role.irsa_operator.name
                          policy_arn = aws_iam_policy.irsa_operator.arn
                        }

                        output "irsa_operator_role_arn" {
                          value = aws_iam_role.irsa_operator.arn
                        }
                        """);
    }
}
