package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Measures events that concern many resources, prints the results, and writes them to docs/performance.md. */
final class ChangeBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));

    private ChangeBench() {}

    /** Exits with 1 if an event delays new resources by more than promised. {@link BenchOptions} lists the arguments. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        var changes = new ArrayList<LargeChange>();
        try (var machine = BenchMachine.start(options)) {
            var kubectl = new Kubectl(machine.controlPlane.kubeconfig());
            for (var size : options.sizes()) {
                List<SharedEdit> edits = List.of(new TemplateEdit(kubectl), new RequirementEdit(kubectl));
                changes.addAll(new ChangeRun(machine, options, size, edits).run());
            }
        }
        var table = new Table(
                        LargeChange.HEAD, changes.stream().map(LargeChange::row).toList())
                .markdown();
        System.out.println("\n" + table);
        REPORT.replace("change-machine", environment);
        REPORT.replace("changes", table);
        var tooSlow = changes.stream().filter(LargeChange::delaysOthers).toList();
        tooSlow.forEach(change -> System.err.println("FAILED: new resources wait too long: " + change.row()));
        System.exit(tooSlow.isEmpty() ? 0 : 1);
    }
}
