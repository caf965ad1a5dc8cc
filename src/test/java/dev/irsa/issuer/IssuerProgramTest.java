package dev.irsa.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.config.GivenFlags;
import dev.irsa.config.InvalidConfiguration;
import dev.irsa.config.PublishIssuerConfig;
import dev.irsa.core.permissions.PrettyJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class IssuerProgramTest {
    private static final String REGION = "aws.region";

    @AfterEach
    void restore() {
        System.clearProperty(REGION);
    }

    private static String policy(String... args) throws InvalidConfiguration {
        GivenFlags flags = PublishIssuerConfig.flags();
        new CommandLine(flags).parseArgs(args);
        return PrettyJson.of(IssuerProgram.policy(PublishIssuerConfig.of("s3://tokens", flags, false)));
    }

    @Test
    void policyHasThePartitionOfTheRegionThatTheSdkFinds() throws InvalidConfiguration {
        System.setProperty(REGION, "cn-north-1");

        assertThat(policy()).contains("arn:aws-cn:s3:::tokens");
        assertThat(policy("--region=us-gov-west-1")).contains("arn:aws-us-gov:s3:::tokens");
    }
}
