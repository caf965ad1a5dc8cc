package dev.irsa.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.stream.Stream;

/** The metrics of the JVM and of its process. */
final class ProcessMetrics {
    /** Excludes unwanted metrics of the JVM and of the process. */
    static final List<MeterFilter> UNWANTED = List.of(
            // The Prometheus convention is seconds, and this metric counts nanoseconds.
            MeterFilter.denyNameStartsWith("process.cpu.time"),
            // Metrics of the node are not the job of the operator.
            MeterFilter.denyNameStartsWith("system."));

    private ProcessMetrics() {}

    /** Registers the metrics, and the version of the program. */
    static void register(MeterRegistry registry, String version) {
        Stream.of(
                        new JvmMemoryMetrics(),
                        new JvmGcMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(metrics -> metrics.bindTo(registry));
        Gauge.builder("irsa.build.info", () -> 1)
                .description("Always 1; the label is the version of the operator")
                .tag("version", version)
                .register(registry);
    }
}
