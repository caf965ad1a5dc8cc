package dev.irsa.kubectl.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleArnTest {
    @Test
    void acceptsEveryPrintableCharacterInPath() {
        assertThat(RoleArn.of("arn:aws:iam::123456789012:role/team:a/app"))
                .contains(new RoleArn("aws", "123456789012", "/team:a/", "app"));
        assertThat(RoleArn.of("arn:aws-cn:iam::123456789012:role/!/~/app"))
                .map(RoleArn::pathAndName)
                .contains("!/~/app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::123456789012:role/",
                "arn:aws:iam::123456789012:role/team a/app",
                "arn:aws:iam::123456789012:role/app:b",
                "arn:aws:iam::1234:role/app",
                "arn:aws:iam::123456789012:user/app"
            })
    void refusesOtherTexts(String text) {
        assertThat(RoleArn.of(text)).isEmpty();
    }
}
