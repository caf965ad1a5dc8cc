package dev.irsa.runtime;

import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Finds out whether the AWS profile of a user signs in with IAM Identity Center, or with {@code aws login}. The AWS SDK needs
 * modules for that which the program does not contain. The AWS CLI exports such credentials.
 */
final class SignIn {
    private SignIn() {}

    /**
     * Makes sure that the credentials of the user need no such module.
     *
     * @throws NoCredentials if they do
     */
    static void requireNone(ProfileFile file) throws NoCredentials {
        boolean hasOtherCredentials = SdkSystemSetting.AWS_ACCESS_KEY_ID
                        .getStringValue()
                        .isPresent()
                || SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent();
        String name = AwsProfiles.current();
        if (!hasOtherCredentials && signsIn(file, name)) {
            throw new NoCredentials(
                    "AWS profile " + name + " signs in with the AWS CLI, which starts only if you name the profile with"
                            + " --profile-for",
                    "sign in, and run: eval \"$(aws configure export-credentials --profile " + name
                            + " --format env)\"");
        }
    }

    /** Returns whether the profile, or the one from which it assumes its role, signs in. */
    static boolean signsIn(ProfileFile file, String name) {
        return command(file, name).isPresent();
    }

    /** Returns the command with which a user signs in for a profile; empty if none is needed. */
    static Optional<String> command(ProfileFile file, String name) {
        return command(file, name, 0);
    }

    /** Profiles may name each other in a loop. */
    private static Optional<String> command(ProfileFile file, String name, int depth) {
        Optional<Profile> profile = file.profile(name);
        if (profile.isEmpty() || depth > file.profiles().size()) {
            return Optional.empty();
        }
        Profile found = profile.get();
        if (Stream.of("sso_session", "sso_start_url").anyMatch(found.properties()::containsKey)) {
            return Optional.of("aws sso login --profile " + name);
        }
        return found.properties().containsKey("login_session")
                ? Optional.of("aws login --profile " + name)
                : found.property("source_profile").flatMap(source -> command(file, source, depth + 1));
    }
}
