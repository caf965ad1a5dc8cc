package dev.irsa.runtime;

import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * Finds out whether the AWS profile of a user signs in with IAM Identity Center, or with {@code aws login}. The AWS SDK needs
 * modules for that which the program does not contain. The AWS CLI exports such credentials.
 */
final class SignIn {
    private SignIn() {}

    /** Returns what the user has to do; empty if the profile needs no such module. */
    static Optional<String> problem(ProfileFile file) {
        boolean hasOtherCredentials = SdkSystemSetting.AWS_ACCESS_KEY_ID
                        .getStringValue()
                        .isPresent()
                || SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent();
        String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
        return hasOtherCredentials || !signsIn(file, name) ? Optional.empty() : Optional.of(problem(name));
    }

    private static String problem(String profile) {
        return "the AWS profile " + profile
                + " signs in with the AWS CLI, which this command cannot do; sign in, and run:"
                + " eval \"$(aws configure export-credentials --profile " + profile + " --format env)\"";
    }

    /** Returns whether the profile, or the one from which it assumes its role, signs in. Profiles may name each other in a loop. */
    static boolean signsIn(ProfileFile file, String name) {
        return signsIn(file, name, 0);
    }

    private static boolean signsIn(ProfileFile file, String name, int depth) {
        Optional<Profile> profile = file.profile(name);
        if (profile.isEmpty() || depth > file.profiles().size()) {
            return false;
        }
        Profile found = profile.get();
        return found.property("sso_session").isPresent()
                || found.property("sso_start_url").isPresent()
                || found.property("login_session").isPresent()
                || found.property("source_profile")
                        .filter(source -> signsIn(file, source, depth + 1))
                        .isPresent();
    }
}
