package dev.irsa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PublishIssuerConfigTest {
    private static PublishIssuerConfig config(String location, String... args) throws InvalidConfiguration {
        GivenFlags flags = PublishIssuerConfig.flags();
        new CommandLine(flags).parseArgs(args);
        return PublishIssuerConfig.of(location, flags, false);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://tokens,               tokens, ''",
        "s3://tokens/,              tokens, ''",
        "s3://tokens/production,    tokens, production",
        "s3://tokens/production/,   tokens, production",
        "s3://tokens/eu/production, tokens, eu/production"
    })
    void readsTheLocation(String location, String bucket, String prefix) throws InvalidConfiguration {
        PublishIssuerConfig config = config(location);

        assertThat(config.bucket()).isEqualTo(bucket);
        assertThat(config.prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tokens", "https://tokens", "s3://", "s3://Tokens", "s3://tokens//a", "s3://tokens/a*"})
    void refusesOtherLocations(String location) {
        assertThatThrownBy(() -> config(location))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("\"" + location + "\" is not a bucket with an optional prefix");
    }

    @Test
    void refusesInvalidFlags() {
        assertThatThrownBy(() -> config(
                        "s3://tokens",
                        "--api-server=http://10.0.0.1:6443",
                        "--previous-cluster-id=production",
                        "--oidc-issuer=https://10.0.0.1",
                        "--retention=0s",
                        "--drop-key= leaked"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContainingAll(
                        "--api-server=",
                        "--previous-cluster-id=",
                        "--oidc-issuer=",
                        "--retention=",
                        "--drop-key= leaked: it must not begin or end with a blank");
    }
}
