package dev.irsa.runtime;

import dev.irsa.aws.AwsClients;
import dev.irsa.config.OperatorConfig;
import java.util.Optional;
import java.util.function.Function;
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
        return connect(config.aws().region(), Optional.empty(), region -> AwsClients.inRegion(region, throttled));
    }

    /**
     * Creates the clients for a command that reads AWS with the credentials of its user.
     *
     * @param region empty: the one that the AWS SDK finds in the environment or in the profile
     * @param fallback the region if that is empty too; empty: the one of the EC2 instance that the command runs on
     */
    public static AwsClients ofUser(Optional<String> region, Optional<String> fallback) throws StartFailure {
        AwsClients clients = connect(region, fallback, AwsClients::failFast);
        Optional<String> problem = SignIn.problem(ProfileFile.defaultProfileFile());
        if (problem.isPresent()) {
            clients.close();
            throw new StartFailure(StartFailure.CONFIGURATION, problem.get());
        }
        return clients;
    }

    /**
     * Creates the clients for a command that reads AWS with a profile of its user, whose credentials are resolved at once.
     *
     * @param region as above
     * @param fallback as above
     */
    public static AwsClients ofProfile(String profile, Optional<String> region, Optional<String> fallback)
            throws StartFailure {
        AwsProfiles profiles = AwsProfiles.ofUser();
        if (!profiles.names().contains(profile)) {
            throw new StartFailure(StartFailure.CONFIGURATION, "there is no AWS profile " + profile);
        }
        AwsCredentialsProvider credentials = profiles.credentials(profile);
        try {
            AwsCredentials _ = credentials.resolveCredentials();
        } catch (RuntimeException e) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "AWS profile " + profile + " has no valid credentials (" + CredentialsProblem.of(e) + ")");
        }
        return connect(region, fallback, found -> AwsClients.failFast(found, Optional.of(credentials)));
    }

    private static AwsClients connect(
            Optional<String> given, Optional<String> fallback, Function<Region, AwsClients> create)
            throws StartFailure {
        given.ifPresent(name -> System.setProperty(SdkSystemSetting.AWS_REGION.property(), name));
        try {
            // Without this check, the SDK reports an unreadable file as a missing region or as missing credentials.
            ProfileFile.defaultProfileFile();
        } catch (RuntimeException e) {
            throw StartFailure.invalid(
                    "the AWS configuration file (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE) is not valid", e);
        }
        Region region = region(fallback);
        try {
            return create.apply(region);
        } catch (RuntimeException e) {
            throw StartFailure.invalid(
                    "the AWS settings in the environment or in the AWS configuration file (for example"
                            + " AWS_ENDPOINT_URL) are not valid",
                    e);
        }
    }

    private static Region region(Optional<String> fallback) throws StartFailure {
        try {
            return fallback.isEmpty() ? new DefaultAwsRegionProviderChain().getRegion() : configuredRegion();
        } catch (SdkClientException e) {
            return fallback.map(Region::of)
                    .orElseThrow(() -> new StartFailure(
                            StartFailure.CONFIGURATION,
                            "no AWS region is configured; set --region or the environment variable AWS_REGION"));
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
