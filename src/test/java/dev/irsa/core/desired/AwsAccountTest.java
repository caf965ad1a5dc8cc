package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsAccountTest {
    @ParameterizedTest
    @CsvSource({
        "arn:aws:sts::111122223333:assumed-role/irsa-operator/session-1, aws, irsa-operator",
        "arn:aws-cn:sts::111122223333:assumed-role/irsa-operator/a/b, aws-cn, irsa-operator",
        "arn:aws-us-gov:iam::111122223333:user/path/anna, aws-us-gov, ''",
        "arn:aws-iso-b:iam::111122223333:root, aws-iso-b, ''",
        "arn:aws:sts::111122223333:federated-user/anna, aws, ''"
    })
    void readsAccountFromCallerArn(String arn, String partition, String role) {
        assertThat(AwsAccount.ofCaller(arn)).isEqualTo(new AwsAccount(partition, "111122223333", role));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anna", "arn:aws:s3:::bucket", "arn:aws:iam::1:root", "arn:gcp:iam::111122223333:root"})
    void rejectsOtherText(String arn) {
        assertThatThrownBy(() -> AwsAccount.ofCaller(arn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not the ARN of a caller: " + arn);
    }

    @Test
    void buildsArnsInItsPartition() {
        AwsAccount china = new AwsAccount("aws-cn", "111122223333", "");

        assertThat(china.role("/irsa/", "a")).isEqualTo("arn:aws-cn:iam::111122223333:role/irsa/a");
        assertThat(china.oidcProvider("oidc.example.com/id/1"))
                .isEqualTo("arn:aws-cn:iam::111122223333:oidc-provider/oidc.example.com/id/1");
        assertThat(china.managedPolicy("service-role/X")).isEqualTo("arn:aws-cn:iam::aws:policy/service-role/X");
        assertThat(china.managedPolicy("arn:aws:iam::aws:policy/X")).isEqualTo("arn:aws:iam::aws:policy/X");
    }
}
