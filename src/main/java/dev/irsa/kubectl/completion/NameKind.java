package dev.irsa.kubectl.completion;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/** The kinds of names that completion reads. The label of a parameter in the help decides which kind it is. */
enum NameKind {
    NAMESPACE,
    CONTEXT,
    /** An IamServiceAccount or a ServiceAccount. */
    SERVICE_ACCOUNT,
    /** A pod, or a ServiceAccount as {@code sa/NAME}. */
    POD_OR_SERVICE_ACCOUNT;

    private static final Map<String, NameKind> OF_FLAGS = Map.of("NAMESPACE", NAMESPACE, "CONTEXT", CONTEXT);

    private static final Map<String, NameKind> OF_PARAMETERS =
            Map.of("NAME", SERVICE_ACCOUNT, "SERVICEACCOUNT", SERVICE_ACCOUNT, "POD|sa/NAME", POD_OR_SERVICE_ACCOUNT);

    /** Returns the kind of the values of a flag or of a positional parameter. */
    static Optional<NameKind> of(ArgSpec parameter) {
        Map<String, NameKind> kinds = parameter.isOption() ? OF_FLAGS : OF_PARAMETERS;
        return Optional.ofNullable(kinds.get(parameter.paramLabel()));
    }
}
