package dev.irsa.reconcile.authorization;

import dev.irsa.core.failure.Failure;
import dev.irsa.port.EntitlementSource;
import java.util.Optional;

/** The label by which a platform engineer stops every change in a namespace but removals. */
public final class NamespaceFreeze {
    /** The label of the namespace. */
    public static final String LABEL = "irsa.dev/freeze";

    /** Every other value freezes the namespace: a mistyped one must not be overlooked in an incident. */
    private static final String THAWED = "false";

    private NamespaceFreeze() {}

    /** Returns why the resources of this namespace must stay as they are; empty if they need not. */
    static Optional<Failure> of(String namespace, EntitlementSource source) {
        return source.namespaceLabels(namespace)
                .filter(labels -> !labels.getOrDefault(LABEL, THAWED).equalsIgnoreCase(THAWED))
                .map(_ -> Failure.namespaceFrozen(namespace, LABEL));
    }
}
