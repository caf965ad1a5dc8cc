package dev.irsa.core.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import org.junit.jupiter.api.Test;

class PublisherPolicyTest {
    @Test
    void allowsTwoObjectsOfABucket() {
        assertThat(PublisherPolicy.of("aws-cn", "tokens", "production")).isEqualTo(PolicyDocument.parse("""
                        {"Version": "2012-10-17", "Statement": [
                          {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": [
                            "arn:aws-cn:s3:::tokens/production/.well-known/openid-configuration",
                            "arn:aws-cn:s3:::tokens/production/openid/v1/jwks"]},
                          {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws-cn:s3:::tokens"}]}
                        """));
    }

    @Test
    void namesObjectsWithoutPrefix() {
        assertThat(PublisherPolicy.of("aws", "tokens", "").text()).contains("\"arn:aws:s3:::tokens/openid/v1/jwks\"");
    }
}
