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

    private static JsonNode role(Optional<String> boundary) throws JsonProcessingException {
        PolicyDocument policy = PolicyDocument.parse("{}");
        String template = CloudFormation.of(new Installation(Sample.ITSELF, "production", policy, policy, boundary));
        return new YAMLMapper().readTree(template).at("/Resources/Role/Properties");
    }
}
