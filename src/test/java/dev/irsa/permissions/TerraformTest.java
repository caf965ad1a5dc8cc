package dev.irsa.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.policy.PolicyDocument;
import org.junit.jupiter.api.Test;

class TerraformTest {
    @Test
    void whatBeginsATemplateInTerraformIsEscaped() {
        PolicyDocument policy = PolicyDocument.parse("""
                {"Resource": "arn:aws:s3:::home/${aws:username}/%{x}"}
                """);

        assertThat(Terraform.of(new Installation(Sample.ITSELF, "production", policy, policy)))
                .contains("arn:aws:s3:::home/$${aws:username}/%%{x}")
                .doesNotContain("home/${");
    }
}
