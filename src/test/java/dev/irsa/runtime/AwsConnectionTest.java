package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.irsa.aws.AwsClients;
import dev.irsa.config.GivenFlags;
import dev.irsa.config.InvalidConfiguration;
import dev.irsa.config.OperatorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class AwsConnectionTest {
    private static final String PROPERTY = SdkSystemSetting.AWS_REGION.property();

    private final Optional<String> before = Optional.ofNullable(System.getProperty(PROPERTY));

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        before.ifPresentOrElse(region -> System.setProperty(PROPERTY, region), () -> System.clearProperty(PROPERTY));
    }

    @Test
    void setsRegionWhereTheSdkLooksForIt() throws Exception {
        System.setProperty(PROPERTY, "eu-west-1");

        try (AwsClients clients = AwsConnection.ofOperator(config("--region=cn-north-1"), () -> {})) {
            assertThat(clients.sts().serviceClientConfiguration().region()).isEqualTo(Region.CN_NORTH_1);
            assertThat(new DefaultAwsRegionProviderChain().getRegion()).isEqualTo(Region.CN_NORTH_1);
        }
    }

    @Test
    void usesRegionThatTheSdkFinds() throws Exception {
        System.setProperty(PROPERTY, "eu-west-1");

        try (AwsClients clients = AwsConnection.ofOperator(config(), () -> {})) {
            assertThat(clients.sts().serviceClientConfiguration().region()).isEqualTo(Region.EU_WEST_1);
        }
    }

    @Test
    void createsEksClientInTheSameRegionWhenItIsUsed() throws Exception {
        try (AwsClients clients = AwsConnection.ofOperator(config("--region=cn-north-1"), () -> {})) {
            assertThat(clients.region()).contains("cn-north-1");
            assertThat(clients.eks().get().serviceClientConfiguration().region())
                    .isEqualTo(Region.CN_NORTH_1);
        }
    }

    @Test
    void knowsNoRegionOfEksIfTheConfiguredOneIsGlobal() throws Exception {
        try (AwsClients clients = AwsConnection.ofOperator(config("--region=aws-global"), () -> {})) {
            assertThat(clients.region()).isEmpty();
        }
    }

    @Test
    void prefersTheRegionOfTheFlagForUsers() throws Exception {
        System.setProperty(PROPERTY, "eu-west-1");

        try (AwsClients clients = AwsConnection.ofUser(region(Optional.of("eu-north-1")), new OwnCredentials())) {
            assertThat(clients.region()).contains("eu-north-1");
        }
    }

    @Test
    void prefersTheConfiguredRegionOfUsersOverTheFallback() throws Exception {
        System.setProperty(PROPERTY, "eu-west-1");

        try (AwsClients clients = AwsConnection.ofUser(region(Optional.empty()), new OwnCredentials())) {
            assertThat(clients.region()).contains("eu-west-1");
        }
    }

    @Test
    void prefersTheRegionOfOneOfSeveralClusters() throws Exception {
        System.setProperty(PROPERTY, "eu-west-1");

        try (AwsClients clients = AwsConnection.ofUser(
                new UserRegion(Optional.of("us-east-1"), Optional.empty(), Optional.of("us-east-1")),
                new OwnCredentials())) {
            assertThat(clients.region()).contains("us-east-1");
        }
        assertThat(System.getProperty(PROPERTY)).isEqualTo("eu-west-1");
    }

    @Test
    void printsNoSessionTokenThatIsNotValid() throws Exception {
        assertThat(problemOf("""
                [profile x]
                role_arn = arn:aws:iam::444455556666:role/r
                source_profile = base
                [profile base]
                aws_access_key_id = AKIDEXAMPLE
                aws_secret_access_key = hidden
                aws_session_token = hidden
                  token
                """))
                .contains("AWS profile x has no valid credentials (")
                .doesNotContain("hidden");
    }

    @Test
    void printsNoOutputOfAProgram() throws Exception {
        assertThat(problemOf("[profile x]\ncredential_process = echo hidden\n"))
                .contains("AWS profile x has no valid credentials (")
                .doesNotContain("hidden");
    }

    @Test
    void saysWhichPropertyAProfileLacks() throws Exception {
        assertThat(problemOf("[profile x]\naws_access_key_id = AKIDEXAMPLE\n")).contains("aws_secret_access_key");
    }

    private String problemOf(String profiles) throws Exception {
        Path file = Files.writeString(folder.resolve("config"), profiles);
        System.setProperty(ProfileFileSystemSetting.AWS_CONFIG_FILE.property(), file.toString());
        System.setProperty(PROPERTY, "eu-west-1");
        // Nothing listens there.
        System.setProperty("aws.endpointUrl", "http://127.0.0.1:9");
        System.setProperty("aws.endpointUrlSts", "http://127.0.0.1:9");
        try {
            NoCredentials problem = assertThrows(
                    NoCredentials.class,
                    () -> AwsConnection.ofProfile(
                                    "x", new UserRegion(Optional.empty(), Optional.empty(), Optional.empty()))
                            .close());
            return problem.why() + "; " + problem.remedy();
        } finally {
            System.clearProperty(ProfileFileSystemSetting.AWS_CONFIG_FILE.property());
            System.clearProperty("aws.endpointUrl");
            System.clearProperty("aws.endpointUrlSts");
        }
    }

    private static UserRegion region(Optional<String> flag) {
        return new UserRegion(Optional.empty(), flag, Optional.of("us-east-1"));
    }

    private static OperatorConfig config(String... flags) throws InvalidConfiguration {
        GivenFlags options = OperatorConfig.flags();
        new CommandLine(options)
                .parseArgs(Stream.concat(Stream.of("--cluster-name=prod"), Stream.of(flags))
                        .toArray(String[]::new));
        return OperatorConfig.of(options, true, Optional.empty());
    }
}
