package dev.irsa.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code irsa-operator check} as unparsed text; {@link CheckConfig} parses and validates them. */
public final class CheckOptions {
    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            description = "Namespace of the test resource. An IamEntitlement must select it."
                    + " Default: the namespace of the pod or of the kubeconfig context")
    @Nullable
    String namespace;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the IamServiceAccount and ServiceAccount that the check creates. Neither may exist."
                    + " Default: ${DEFAULT-VALUE}")
    String name = "irsa-operator-check";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "Timeout of each step. Default: ${DEFAULT-VALUE}")
    String timeout = "2m";
}
