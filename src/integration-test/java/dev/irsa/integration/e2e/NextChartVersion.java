package dev.irsa.integration.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Turns a copy of the chart into a newer version.
 *
 * @param chart the folder of the copy
 */
record NextChartVersion(Path chart) {
    /** Changes the version and adds a field and a column to the CRD. */
    void make() throws IOException {
        change("Chart.yaml", "version: 0.1.0", "version: 0.2.0");
        change("files/crds/iamserviceaccounts.irsa.dev.yaml", "  - additionalPrinterColumns:\n", """
                  - additionalPrinterColumns:
                    - jsonPath: .spec.note
                      name: NOTE
                      type: string
                """);
        change("files/crds/iamserviceaccounts.irsa.dev.yaml", "              suspend:\n", """
                              note:
                                type: string
                              suspend:
                """);
    }

    private void change(String file, String from, String to) throws IOException {
        Path path = chart.resolve(file);
        String before = Files.readString(path);
        if (!before.contains(from)) {
            throw new IllegalStateException("no '" + from + "' in " + path);
        }
        Files.writeString(path, before.replace(from, to));
    }
}
