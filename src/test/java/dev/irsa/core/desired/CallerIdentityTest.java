package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerIdentityTest {
    private static final String ROLE = "arn:aws:sts::111122223333:assumed-role/irsa-operator";

    @ParameterizedTest
    @CsvSource({
        ROLE + "/irsa-operator-7d9f-x, " + ROLE + ", irsa-operator-7d9f-x",
        "arn:aws-cn:iam::111122223333:user/path/anna, arn:aws-cn:iam::111122223333:user/path/anna, ''",
        "arn:aws:iam::111122223333:root, arn:aws:iam::111122223333:root, ''"
    })
    void separatesSession(String arn, String withoutSession, String session) {
        assertThat(CallerIdentity.of(arn))
                .isEqualTo(new CallerIdentity(AwsAccount.ofCaller(arn), withoutSession, session));
    }

    @Test
    void rejectsOtherText() {
        assertThatThrownBy(() -> CallerIdentity.of("anna")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "i-0123456789abcdef0, true",
        "i-1a2b3c4d, true",
        "i-am-a-pod, false",
        "irsa-operator-7d9f-x, false",
        "aws-sdk-java-1764216000000, false"
    })
    void recognizesInstance(String session, boolean instance) {
        assertThat(CallerIdentity.of(ROLE + "/" + session).isInstance()).isEqualTo(instance);
    }

    @Test
    void userIsNoInstance() {
        assertThat(CallerIdentity.of("arn:aws:iam::111122223333:user/i-0123456789abcdef0")
                        .isInstance())
                .isFalse();
    }
}
