package dev.irsa.kubectl.completion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

@FunctionalInterface
interface NameSource {
    /**
     * Returns the names of a kind; empty if they cannot be read.
     *
     * @param flags the flags of the command line by their longest names, for example {@code --namespace}
     */
    List<String> read(Kind kind, Map<String, String> flags);

    /** The kinds of names that completion reads. The label of a parameter in the help decides which kind it is. */
    enum Kind {
        NAMESPACE,
        CONTEXT,
        /** The id of the account of an IamAccount, and an AWS profile that may be of it. */
        ACCOUNT_PROFILE,
        /** An IamServiceAccount or a ServiceAccount. */
        SERVICE_ACCOUNT,
        /** A pod, or a ServiceAccount as {@code sa/NAME}. */
        POD_OR_SERVICE_ACCOUNT;

        private static final Map<String, Kind> OF_FLAGS =
                Map.of("NAMESPACE", NAMESPACE, "CONTEXT", CONTEXT, "ACCOUNT-ID=PROFILE", ACCOUNT_PROFILE);

        private static final Map<String, Kind> OF_PARAMETERS = Map.of(
                "NAME", SERVICE_ACCOUNT, "SERVICEACCOUNT", SERVICE_ACCOUNT, "POD|sa/NAME", POD_OR_SERVICE_ACCOUNT);

        /** Returns the kind of the values of a flag or of a positional parameter. */
        static Optional<Kind> of(ArgSpec parameter) {
            Map<String, Kind> kinds = parameter.isOption() ? OF_FLAGS : OF_PARAMETERS;
            return Optional.ofNullable(kinds.get(parameter.paramLabel()));
        }
    }
}
