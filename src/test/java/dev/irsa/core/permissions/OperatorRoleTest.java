package dev.irsa.core.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.AwsAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorRoleTest {
    @ParameterizedTest
    @CsvSource({"irsa, /, irsa", "platform/irsa, /platform/, irsa", "a/b/irsa, /a/b/, irsa"})
    void readsPathAndName(String text, String path, String name) {
        assertThat(OperatorRole.of(text)).isEqualTo(new OperatorRole(path, name));
    }

    @Test
    void isUnderItsPathAndWiderPaths() {
        OperatorRole role = new OperatorRole("/platform/a/", "irsa");

        assertThat(role.isUnder("/")).isTrue();
        assertThat(role.isUnder("/platform/a/")).isTrue();
        assertThat(role.isUnder("/platform/a/b/")).isFalse();
        assertThat(role.isUnder("/teams/")).isFalse();
    }

    @Test
    void returnsArn() {
        assertThat(new OperatorRole("/platform/", "irsa").arn(new AwsAccount("aws-cn", "111122223333", "")))
                .isEqualTo("arn:aws-cn:iam::111122223333:role/platform/irsa");
    }
}
