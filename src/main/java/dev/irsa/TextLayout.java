package dev.irsa;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** A line for people: when, how grave, which resource, what. A pattern of logback would load some 150 classes. */
final class TextLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int LEVEL_WIDTH = 5;

    private final ZoneId zone = ZoneId.systemDefault();
    private final RootCauseFirstThrowableProxyConverter traces = new RootCauseFirstThrowableProxyConverter();

    @Override
    public void start() {
        traces.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        TIME.formatTo(event.getInstant().atZone(zone), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length() + 1);
        appendResource(line, event.getMDCPropertyMap());
        return line.append(event.getFormattedMessage())
                .append(System.lineSeparator())
                .append(traces.convert(event))
                .toString();
    }

    private static void appendResource(StringBuilder line, Map<String, String> mdc) {
        String namespace = mdc.getOrDefault("namespace", "");
        String name = mdc.getOrDefault("name", "");
        if (!namespace.isEmpty() || !name.isEmpty()) {
            line.append(namespace).append('/').append(name).append(' ');
        }
    }
}
