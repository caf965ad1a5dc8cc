package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.permissions.Sample;
import org.junit.jupiter.api.Test;

class TerraformTest {
    @Test
    void escapesTemplateSequences() {
        PolicyDocument policy = PolicyDocument.parse("""
                {"Resource": "arn:aws:s3:::home/${aws:username}/%{x}"}
                """);

        assertThat(Terraform.of(new Installation(Sample.ITSELF, "production", policy, policy)))
                .contains("arn:aws:s3:::home/$${aws:username}/%%{x}")
                .doesNotContain("home/${");
    }
}
