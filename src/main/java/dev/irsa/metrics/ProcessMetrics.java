package dev.irsa.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.stream.Stream;

/** The figures of the JVM and of its process, for as long as it lives. */
final class ProcessMetrics implements MeterBinder {
    /** What it shall not tell; a registry takes these before its first figure. */
    static final List<MeterFilter> FILTERS = List.of(
            // Prometheus wants seconds, and this one counts nanoseconds.
            MeterFilter.denyNameStartsWith("process.cpu.time"),
            // Figures of the node are not ours to tell.
            MeterFilter.denyNameStartsWith("system."));

    private final String version;

    ProcessMetrics(String version) {
        this.version = version;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.of(
                        new JvmMemoryMetrics(),
                        new JvmGcMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(figures -> figures.bindTo(registry));
        Gauge.builder("irsa.build.info", () -> 1)
                .description("Always 1; the label tells the version of the operator")
                .tag("version", version)
                .register(registry);
    }
}
