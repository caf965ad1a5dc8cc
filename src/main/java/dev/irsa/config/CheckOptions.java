package dev.irsa.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code irsa-operator check}, as they were given: text that {@link CheckConfig} makes sense of. */
public final class CheckOptions {
    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            description = "Namespace to try it in; an IamEntitlement must select it."
                    + " Default: the pod's, or that of the kubeconfig's context")
    @Nullable
    String namespace;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "irsa-operator-check",
            description = "Name of the IamServiceAccount that is made, and so of its ServiceAccount; none may be there."
                    + " Default: irsa-operator-check")
    String name = "irsa-operator-check";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "2m",
            description = "How long each step may take. Default: 2m")
    String timeout = "2m";
}
