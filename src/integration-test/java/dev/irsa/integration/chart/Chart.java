package dev.irsa.integration.chart;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Command.Result;
import dev.irsa.integration.machine.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The chart of this checkout with some values.
 *
 * @param flags Helm flags that set the values
 */
record Chart(List<String> flags) {
    static final Path FOLDER = Path.of("deploy", "charts", "irsa-operator");

    Chart {
        flags = List.copyOf(flags);
    }

    /** Returns the chart with the values that it or a switched-on part requires, and these values, each as {@code path=json}. */
    static Chart with(String... values) {
        return new Chart(Stream.concat(
                        Stream.of(
                                "clusterName=\"production\"",
                                "image.repository=\"registry.example.com/irsa-operator\"",
                                "issuer.publish.bucket=\"s3://tokens\""),
                        Stream.of(values))
                .map(value -> "--set-json=" + value)
                .toList());
    }

    Result lint() {
        return helm(List.of("lint", "--strict", FOLDER.toString()), flags);
    }

    /** Renders the chart for a cluster with the CRDs of the operator. */
    Result template() {
        return helm(
                List.of(
                        "template",
                        "irsa-operator",
                        FOLDER.toString(),
                        "--namespace=irsa-operator",
                        "--api-versions=irsa.dev/v1beta1/IamEntitlement",
                        "--api-versions=irsa.dev/v1beta1/IamPolicyTemplate"),
                flags);
    }

    static Result helm(List<String> command, List<String> flags) {
        return new Command(
                        Stream.of(List.of(Tool.HELM.path().toString()), command, flags)
                                .flatMap(List::stream)
                                .toList(),
                        // Helm sets this time for packaged files, independent of the checkout.
                        Map.of("SOURCE_DATE_EPOCH", "1764028800"))
                .run("");
    }
}
