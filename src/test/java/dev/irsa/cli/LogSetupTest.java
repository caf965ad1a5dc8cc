package dev.irsa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class LogSetupTest {
    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = System.out;

    @AfterEach
    void restore() {
        System.setOut(out);
        System.clearProperty("irsa.log.format");
        System.clearProperty("IRSA_LOG_LEVEL");
        context.stop();
    }

    @Test
    void logbackFindsConfigurator() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(LogSetup.class);
    }

    @Test
    void textLineIncludesResource() {
        configure("text", "INFO");
        mdc.put("namespace", "shop");
        mdc.put("name", "invoices");

        context.getLogger("dev.irsa.Some").info("role {} created", "r");

        assertThat(log()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  shop/invoices role r created\\R");
    }

    @Test
    void textLineWithoutResourceHasNoPlaceholder() {
        configure("text", "INFO");

        context.getLogger("dev.irsa.Some").warn("ready");

        assertThat(log()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  ready\\R");
    }

    @Test
    void textLineIncludesNamespace() {
        configure("text", "INFO");
        mdc.put("namespace", "shop");

        context.getLogger("dev.irsa.Some").error("lost");

        assertThat(log()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ERROR shop/ lost\\R");
    }

    @Test
    void stackTraceStartsWithRootCause() {
        configure("text", "INFO");

        context.getLogger("dev.irsa.Some")
                .error("a defect", new IllegalStateException("outer", new IllegalArgumentException("inner")));

        assertThat(log().lines().skip(1)).first().asString().isEqualTo("java.lang.IllegalArgumentException: inner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void logsFailedWatchRestartWithoutStackTrace(String format) {
        configure(format, "INFO");

        context.getLogger("io.fabric8.kubernetes.client.informers.impl.cache.Reflector")
                .warn("will retry", new IllegalStateException("forbidden"));

        assertThat(log().lines())
                .singleElement()
                .asString()
                .contains("will retry")
                .doesNotContain("forbidden");
    }

    @Test
    void jsonLineHasFormattedMessageOnly() {
        configure("json", "INFO");
        mdc.put("name", "invoices");

        context.getLogger("dev.irsa.Some").info("role {} created", "r");

        assertThat(log().lines()).hasSize(1);
        assertThat(log())
                .startsWith("{\"timestamp\":")
                .contains(
                        "\"level\":\"INFO\"",
                        "\"loggerName\":\"dev.irsa.Some\"",
                        "\"mdc\": {\"name\":\"invoices\"}",
                        "\"formattedMessage\":\"role r created\"")
                .doesNotContain("sequenceNumber", "nanoseconds", "context", "arguments", "\"message\"");
    }

    @ParameterizedTest
    @CsvSource({
        "dev.irsa.Some, INFO",
        "io.fabric8.kubernetes.client.Some, WARN",
        "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils, ERROR",
        "Default ConfigurationService implementation, WARN",
        "io.javaoperatorsdk.operator.Operator, WARN",
        "software.amazon.awssdk.core.Some, WARN"
    })
    void librariesLogFromWarnLevel(String logger, String level) {
        configure("text", "");

        assertThat(context.getLogger(logger).getEffectiveLevel()).hasToString(level);
    }

    @ParameterizedTest
    @CsvSource({
        "io.fabric8.kubernetes.client.http.HttpLoggingInterceptor",
        "io.fabric8.kubernetes.client.Config",
        "software.amazon.awssdk.request",
        "software.amazon.awssdk.requestId",
        "software.amazon.awssdk.auth.signer",
        "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner"
    })
    void loggersWithCredentialsIgnoreLogLevel(String logger) {
        configure("text", "trace");

        assertThat(context.getLogger(logger).getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void logLevelIsConfigurable() {
        configure("text", "debug");

        assertThat(context.getLogger("dev.irsa.Some").getEffectiveLevel()).isEqualTo(Level.DEBUG);
    }

    private void configure(String format, String level) {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setProperty("irsa.log.format", format);
        System.setProperty("IRSA_LOG_LEVEL", level);
        context.setMDCAdapter(mdc);
        var setup = new LogSetup();
        setup.setContext(context);
        setup.configure(context);
        context.start();
    }

    private String log() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
