package dev.irsa.runtime;

import dev.irsa.aws.AwsClients;
import dev.irsa.config.OperatorConfig;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** Creates the clients for AWS, and reports AWS settings that are not valid. */
public final class AwsConnection {

    private AwsConnection() {}

    /**
     * Creates the clients for AWS, and sets the region of the process if the configuration names one. The SDK creates an
     * STS client of its own to get credentials for a web identity token, and looks for its region there.
     */
    public static AwsClients ofOperator(OperatorConfig config, Runnable throttled) throws StartFailure {
        ProfileFile _ = files(config.aws().region());
        return create(required(region(Optional.empty())), region -> AwsClients.inRegion(region, throttled));
    }

    /**
     * Creates the clients for a command that reads AWS with the credentials of its user.
     *
     * @param credentials which are the same for every region
     * @throws StartFailure if no credentials would help
     * @throws NoCredentials if there are none
     */
    public static AwsClients ofUser(UserRegion region, OwnCredentials credentials) throws StartFailure, NoCredentials {
        ProfileFile file = files(region.flag());
        SignIn.requireNone(file);
        Optional<Region> found = region(region);
        if (found.isEmpty() && !hasCredentials(file)) {
            throw new NoCredentials(
                    "neither AWS credentials nor an AWS region are configured",
                    "sign in, and set AWS_PROFILE and AWS_REGION");
        }
        Region known = required(found);
        if (hasCredentials(file)) {
            credentials.prepare();
        }
        return create(known, in -> AwsClients.failFast(in, Optional.of(credentials)));
    }

    /** Returns whether the environment or the files name any. Those of an EC2 instance come with a region. */
    private static boolean hasCredentials(ProfileFile file) {
        return file.profile(AwsProfiles.current()).isPresent()
                || Stream.of(
                                SdkSystemSetting.AWS_ACCESS_KEY_ID,
                                SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE,
                                SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI,
                                SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
                        .anyMatch(setting -> setting.getStringValue().isPresent());
    }

    /**
     * Creates the clients for a command that reads AWS with a profile of its user, whose credentials are resolved at once.
     *
     * @throws StartFailure as above
     * @throws NoCredentials as above
     */
    public static AwsClients ofProfile(String profile, UserRegion region) throws StartFailure, NoCredentials {
        AwsProfiles profiles = new AwsProfiles(files(region.flag()));
        if (!profiles.names().contains(profile)) {
            throw new NoCredentials("there is no AWS profile " + profile, "correct its name");
        }
        AwsCredentialsProvider credentials = profiles.credentials(profile);
        Region found = required(region(region));
        try {
            resolve(credentials);
        } catch (RuntimeException e) {
            throw new NoCredentials(
                    "AWS profile " + profile + " has no valid credentials (" + CredentialsProblem.of(e) + ")",
                    SignIn.command(profiles.file(), profile)
                            .map(command -> "run: " + command)
                            .orElse("correct the profile"));
        }
        return create(found, known -> AwsClients.failFast(known, Optional.of(credentials)));
    }

    /** The AWS CLI may ask for a code, which it keeps. Several clusters of one account must not ask at the same time. */
    private static synchronized void resolve(AwsCredentialsProvider credentials) {
        AwsCredentials _ = credentials.resolveCredentials();
    }

    /**
     * Returns the files of the AWS configuration. Without this check, the SDK reports an unreadable file as a missing region or as
     * missing credentials.
     *
     * @param region the flag, which the SDK uses where it needs a region for credentials
     */
    private static ProfileFile files(Optional<String> region) throws StartFailure {
        region.ifPresent(name -> System.setProperty(SdkSystemSetting.AWS_REGION.property(), name));
        try {
            return ProfileFile.defaultProfileFile();
        } catch (RuntimeException e) {
            throw StartFailure.invalid(
                    "the AWS configuration file (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE) is not valid", e);
        }
    }

    private static AwsClients create(Region region, Function<Region, AwsClients> create) throws StartFailure {
        try {
            return create.apply(region);
        } catch (RuntimeException e) {
            throw StartFailure.invalid(
                    "the AWS settings in the environment or in the AWS configuration file (for example"
                            + " AWS_ENDPOINT_URL) are not valid",
                    e);
        }
    }

    private static Region required(Optional<Region> found) throws StartFailure {
        return found.orElseThrow(() -> new StartFailure(
                StartFailure.CONFIGURATION,
                "no AWS region is configured; set --region or the environment variable AWS_REGION"));
    }

    private static Optional<Region> region(UserRegion region) throws StartFailure {
        return region.certain().isPresent() ? region.certain().map(Region::of) : region(region.fallback());
    }

    private static Optional<Region> region(Optional<String> fallback) throws StartFailure {
        try {
            return Optional.of(
                    fallback.isEmpty() ? new DefaultAwsRegionProviderChain().getRegion() : configuredRegion());
        } catch (SdkClientException e) {
            return fallback.map(Region::of);
        } catch (RuntimeException e) {
            throw StartFailure.invalid(
                    "the AWS region in the environment or in the AWS configuration file is not valid", e);
        }
    }

    /** Returns the region without a request to the instance metadata service, which takes seconds outside of EC2. */
    private static Region configuredRegion() {
        return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                .getRegion();
    }
}
