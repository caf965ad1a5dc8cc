package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.integration.machine.Kubectl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures edits of a policy template and of what an entitlement requires, prints the results, and writes them to
 * docs/performance.md.
 */
final class EditBench {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));

    private EditBench() {}

    /**
     * Exits with 1 if an edit needs more AWS calls than promised. {@link BenchOptions} lists the arguments. The sizes are the
     * numbers of resources whose roles an edit changes.
     */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        List<String> violations;
        try (var machine = BenchMachine.start(options)) {
            violations = measure(machine, options, environment);
        }
        violations.forEach(violation -> System.err.println("FAILED: " + violation));
        System.exit(violations.isEmpty() ? 0 : 1);
    }

    /** Returns what is not as promised. */
    private static List<String> measure(BenchMachine machine, BenchOptions options, String environment)
            throws IOException {
        var kubectl = new Kubectl(machine.controlPlane.kubeconfig());
        List<SharedEdit> edits = List.of(new TemplateEdit(kubectl), new RequirementEdit(kubectl));
        var run = new EditRun(machine, options, edits);
        var phases = new ArrayList<List<Phase>>();
        for (var size : options.sizes()) {
            phases.add(run.run(size));
        }
        REPORT.replace("template-machine", environment);
        var violations = new ArrayList<String>();
        for (int i = 0; i < edits.size(); i++) {
            int edit = i;
            var table = new EditTable(
                    options.sizes(),
                    phases.stream().map(ofSize -> ofSize.get(edit)).toList());
            var block = edits.get(edit).block();
            System.out.println("\n" + block + "\n\n" + table.table().markdown());
            REPORT.replace(block, table.table().markdown());
            table.violations().forEach(violation -> violations.add(block + ", " + violation));
        }
        return violations;
    }
}
