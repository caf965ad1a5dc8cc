package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {
    private static final Path OPTIONS = Path.of("src", "main", "jvm", "irsa-operator.options");
    private static final Pattern CIPHER_SUITE = Pattern.compile("TLS_[A-Z0-9_]+");

    /** The JVM ignores unknown names without a message. */
    @Test
    void namesSupportedCipherSuites() throws Exception {
        List<String> suites = CIPHER_SUITE
                .matcher(Files.readString(OPTIONS))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(suites).hasSizeGreaterThan(3).first().isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
        assertThat(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
                .containsAll(suites);
    }
}
