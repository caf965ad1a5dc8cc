package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.utils.StringInputStream;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SignInTest {
    private final Properties before = (Properties) System.getProperties().clone();

    @BeforeEach
    void chooseProfile() {
        System.setProperty("aws.profile", "dev");
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    private static Optional<String> problem(String config) {
        try {
            SignIn.requireNone(file(config));
            return Optional.empty();
        } catch (NoCredentials e) {
            return Optional.of(e.why() + "; " + e.remedy());
        }
    }

    private static ProfileFile file(String config) {
        return ProfileFile.builder()
                .type(ProfileFile.Type.CONFIGURATION)
                .content(new StringInputStream(config))
                .build();
    }

    @Test
    void saysHowToExportCredentialsOfIdentityCenter() {
        assertThat(problem("[profile dev]\nsso_session = work\n"))
                .hasValueSatisfying(message -> assertThat(message)
                        .isEqualTo(
                                "AWS profile dev signs in with the AWS CLI, which starts only if you name the profile"
                                        + " with --profile-for; sign in, and run:"
                                        + " eval \"$(aws configure export-credentials --profile dev --format env)\""));
        assertThat(problem("[profile dev]\nsso_start_url = https://x\n")).isPresent();
        assertThat(problem("[profile dev]\nlogin_session = x\n")).isPresent();
    }

    @Test
    void followsProfileFromWhichRoleIsAssumed() {
        assertThat(problem("[profile dev]\nsource_profile = base\n[profile base]\nsso_session = work\n"))
                .isPresent();
        assertThat(problem("[profile dev]\nsource_profile = base\n[profile base]\nsource_profile = dev\n"))
                .isEmpty();
    }

    @Test
    void namesTheProfileThatSignsIn() {
        assertThat(SignIn.command(
                        file("[profile dev]\nsource_profile = base\n[profile base]\nsso_session = work\n"), "dev"))
                .contains("aws sso login --profile base");
        assertThat(SignIn.command(file("[profile dev]\nlogin_session = x\n"), "dev"))
                .contains("aws login --profile dev");
    }

    @Test
    void acceptsOtherProfiles() {
        assertThat(problem("[profile dev]\naws_access_key_id = a\n[profile x]\nsso_session = work\n"))
                .isEmpty();
        assertThat(problem("")).isEmpty();
    }

    @Test
    void prefersExportedCredentials() {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");

        assertThat(problem("[profile dev]\nsso_session = work\n")).isEmpty();
    }
}
