package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.metrics.OperatorMetrics;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallerReportTest {
    private static final String ROLE = "arn:aws:sts::111122223333:assumed-role/irsa-operator";

    private final Logger logger = (Logger) LoggerFactory.getLogger(CallerReport.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final OperatorMetrics metrics = new OperatorMetrics(InstantSource.system(), List.of());
    private final CallerReport report = new CallerReport(metrics);

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private List<String> lines(Level level) {
        return log.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void logsRoleAndSession() {
        report.accept(CallerIdentity.of(ROLE + "/irsa-operator-7d9f-x"));

        assertThat(lines(Level.INFO)).containsExactly("calling AWS as " + ROLE + ", session irsa-operator-7d9f-x");
        assertThat(lines(Level.WARN)).isEmpty();
    }

    @Test
    void exposesRoleWithoutSessionAsMetric() {
        report.accept(CallerIdentity.of(ROLE + "/irsa-operator-7d9f-x"));

        assertThat(metrics.scrape())
                .contains("irsa_operator_info{arn=\"" + ROLE + "\"} 1")
                .doesNotContain("7d9f");
    }

    @Test
    void warnsOfTheRoleOfTheNode() {
        report.accept(CallerIdentity.of("arn:aws:sts::111122223333:assumed-role/nodes/i-0123456789abcdef0"));

        assertThat(lines(Level.WARN))
                .singleElement()
                .asString()
                .contains(
                        "arn:aws:sts::111122223333:assumed-role/nodes",
                        "i-0123456789abcdef0",
                        "set the annotation eks.amazonaws.com/role-arn on the operator's ServiceAccount");
    }
}
