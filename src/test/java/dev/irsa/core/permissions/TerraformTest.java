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
}
