package dev.irsa.runtime;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

/** The AWS profiles of a user, as the files of the AWS configuration describe them. */
public record AwsProfiles(ProfileFile file) {
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):role/.+");

    /** Reads the files. Those that are not valid have no profiles; {@link AwsConnection} reports why. */
    public static AwsProfiles ofUser() {
        try {
            return new AwsProfiles(ProfileFile.defaultProfileFile());
        } catch (RuntimeException e) {
            return new AwsProfiles(ProfileFile.aggregator().build());
        }
    }

    /** Returns the name of the profile that the user has chosen with AWS_PROFILE. */
    public static String current() {
        return ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    }

    /** Returns the names of all profiles, sorted. */
    public List<String> names() {
        return List.copyOf(new TreeMap<>(file.profiles()).keySet());
    }

    /** Returns the account that the files say a profile is of; empty if only AWS can say it. */
    public Optional<String> account(String name) {
        return file.profile(name)
                .flatMap(profile -> Stream.of(
                                profile.property(ProfileProperty.ROLE_ARN).flatMap(AwsProfiles::accountOfRole),
                                profile.property(ProfileProperty.SSO_ACCOUNT_ID),
                                profile.property(ProfileProperty.AWS_ACCOUNT_ID))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static Optional<String> accountOfRole(String arn) {
        Matcher role = ROLE.matcher(arn);
        return role.matches() ? Optional.of(role.group(1)) : Optional.empty();
    }

    /**
     * Returns whether a command may try the profile although its user has not named it. Credentials of others may need a program, a
     * browser, or a code that the user has to type.
     */
    public boolean isSilent(String name) {
        return isSilent(name, 0);
    }

    /** Profiles may name each other in a loop. */
    private boolean isSilent(String name, int depth) {
        Optional<Profile> profile = file.profile(name);
        return depth <= file.profiles().size()
                && profile.isPresent()
                && !SignIn.signsIn(file, name)
                && !profile.get().properties().containsKey(ProfileProperty.CREDENTIAL_PROCESS)
                && !profile.get().properties().containsKey(ProfileProperty.MFA_SERIAL)
                && profile.get()
                        .property(ProfileProperty.SOURCE_PROFILE)
                        .map(source -> source.equals(name) || isSilent(source, depth + 1))
                        .orElseGet(() -> hasOwnCredentials(profile.get()));
    }

    /** The SDK prefers a role with a source to such credentials, so they count only where there is no source. */
    private static boolean hasOwnCredentials(Profile profile) {
        return Stream.of(
                        ProfileProperty.AWS_ACCESS_KEY_ID,
                        ProfileProperty.WEB_IDENTITY_TOKEN_FILE,
                        ProfileProperty.CREDENTIAL_SOURCE)
                .anyMatch(profile.properties()::containsKey);
    }

    /** Returns the credentials of a profile. The AWS CLI provides those for which a user signs in, or types a code. */
    AwsCredentialsProvider credentials(String name) {
        return SignIn.signsIn(file, name) || asksForCode(name, 0)
                ? ProcessCredentialsProvider.builder()
                        .command(List.of(
                                "aws", "configure", "export-credentials", "--profile", name, "--format", "process"))
                        .build()
                : ProfileCredentialsProvider.create(name);
    }

    /** The SDK ignores the MFA device, and AWS then denies the role. */
    private boolean asksForCode(String name, int depth) {
        Optional<Profile> profile = file.profile(name);
        return depth <= file.profiles().size()
                && profile.isPresent()
                && (profile.get().properties().containsKey(ProfileProperty.MFA_SERIAL)
                        || profile.get()
                                .property(ProfileProperty.SOURCE_PROFILE)
                                .filter(source -> asksForCode(source, depth + 1))
                                .isPresent());
    }
}
