package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.utils.StringInputStream;

class AwsProfilesTest {
    private static final String KEYS = "aws_access_key_id = A\naws_secret_access_key = s\n";

    private static AwsProfiles profiles(String config) {
        return new AwsProfiles(ProfileFile.builder()
                .type(ProfileFile.Type.CONFIGURATION)
                .content(new StringInputStream(config))
                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role_arn = arn:aws-cn:iam::444455556666:role/team/reader",
                "sso_account_id = 444455556666",
                "aws_account_id = 444455556666"
            })
    void knowsTheAccountByTheFiles(String property) {
        assertThat(profiles("[profile x]\n" + property + "\n").account("x")).contains("444455556666");
    }

    @Test
    void knowsNoAccountOfKeys() {
        AwsProfiles profiles = profiles("[profile x]\n" + KEYS + "[profile y]\nrole_arn = nonsense\n");

        assertThat(profiles.account("x")).isEmpty();
        assertThat(profiles.account("y")).isEmpty();
        assertThat(profiles.account("missing")).isEmpty();
        assertThat(profiles.names()).containsExactly("x", "y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                KEYS,
                "role_arn = arn:aws:iam::444455556666:role/r\nsource_profile = base\n",
                "role_arn = arn:aws:iam::444455556666:role/r\nweb_identity_token_file = /token\n",
                "role_arn = arn:aws:iam::444455556666:role/r\ncredential_source = Environment\n"
            })
    void triesProfilesThatNeedNothingOfTheUser(String properties) {
        assertThat(profiles("[profile x]\n" + properties + "[profile base]\n" + KEYS)
                        .isSilent("x"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region = eu-west-1\n",
                "sso_session = work\nsso_account_id = 444455556666\n",
                "login_session = x\n",
                "credential_process = program\n",
                KEYS + "credential_process = program\n",
                KEYS + "mfa_serial = arn:aws:iam::444455556666:mfa/me\n",
                "role_arn = arn:aws:iam::444455556666:role/r\nsource_profile = program\n",
                KEYS + "role_arn = arn:aws:iam::444455556666:role/r\nsource_profile = program\n",
                "role_arn = arn:aws:iam::444455556666:role/r\nsource_profile = missing\n",
                "role_arn = arn:aws:iam::444455556666:role/r\nsource_profile = loop\n"
            })
    void triesNoProfileThatMayNeedAProgramOrTheUser(String properties) {
        assertThat(profiles(
                                "[profile x]\n" + properties
                                        + "[profile program]\ncredential_process = program\n[profile loop]\nsource_profile = x\n")
                        .isSilent("x"))
                .isFalse();
    }

    @Test
    void leavesTheSignInToTheAwsCli() {
        AwsProfiles profiles = profiles("[profile x]\nsso_session = work\n[profile y]\n" + KEYS);

        assertThat(profiles.credentials("x")).isInstanceOf(ProcessCredentialsProvider.class);
        assertThat(profiles.credentials("y")).isNotInstanceOf(ProcessCredentialsProvider.class);
    }

    /** The SDK ignores the MFA device. */
    @Test
    void leavesTheCodeOfAnMfaDeviceToTheAwsCli() {
        AwsProfiles profiles = profiles("""
                [profile x]
                source_profile = base
                [profile base]
                source_profile = x
                mfa_serial = arn:aws:iam::444455556666:mfa/me
                [profile loop]
                source_profile = loop
                """);

        assertThat(profiles.credentials("x")).isInstanceOf(ProcessCredentialsProvider.class);
        assertThat(profiles.credentials("base")).isInstanceOf(ProcessCredentialsProvider.class);
        assertThat(profiles.credentials("loop")).isNotInstanceOf(ProcessCredentialsProvider.class);
    }
}
