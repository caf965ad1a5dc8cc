package dev.irsa.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.util.Map;
import org.slf4j.Logger;

/** Configures logback in code. To read a configuration file, logback would load and keep about a hundred more classes. */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** The system property with the format: {@code text} or {@code json}. */
    static final String FORMAT = "irsa.log.format";

    /** The system property with the stream: {@code System.out} or {@code System.err}. */
    private static final String STREAM = "irsa.log.stream";

    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %-5level %replace(%X{namespace}/%X{name} ){'^/ $',''}%msg%n";

    private static final String TRACE = "%rEx";
    private static final String NO_TRACE = "%nopex";

    /** Logs each watch that cannot be restarted, at every retry, with a stack trace of about 100 lines. */
    private static final String WATCHES = "io.fabric8.kubernetes.client.informers.impl.cache.Reflector";

    private static final Map<String, Level> QUIETENED = Map.of(
            // Warns at every start that v1beta1 is not stable.
            "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils",
            Level.ERROR,
            // Logs a stack trace when it closes a watch that the API server has just ended; the watch is restarted
            // anyway.
            "io.fabric8.kubernetes.client.jdkhttp.JdkWebSocketImpl",
            Level.ERROR,
            // Logs a stack trace for every failed attempt to acquire the lease; LeaseElection logs the failure once.
            "io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector",
            Level.OFF,
            // The name under which the framework logs its configuration.
            "Default ConfigurationService implementation",
            Level.WARN,
            "io.javaoperatorsdk",
            Level.WARN,
            // These two log requests at DEBUG and TRACE, with tokens, access keys and signatures. They stay at WARN,
            // regardless of the configured level.
            "io.fabric8",
            Level.WARN,
            "software.amazon.awssdk",
            Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // The status messages of logback would appear between the lines of the log.
        context.getStatusManager().add(new NopStatusListener());
        QUIETENED.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(LogLevel.current()));
        root.addAppender(console(context, true));
        var watches = context.getLogger(WATCHES);
        watches.setAdditive(false);
        watches.addAppender(console(context, false));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, boolean traces) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName(traces ? "console" : "console without traces");
        console.setTarget(System.getProperty(STREAM, "System.out"));
        console.setEncoder(
                System.getProperty(FORMAT, "text").equals("json") ? json(context, traces) : text(context, traces));
        console.start();
        return console;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context, boolean traces) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN + (traces ? TRACE : NO_TRACE));
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context, boolean traces) {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithThrowable(traces);
        encoder.start();
        return encoder;
    }
}
