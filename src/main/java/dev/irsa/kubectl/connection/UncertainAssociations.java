package dev.irsa.kubectl.connection;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.port.AssociationReads;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The associations of a cluster whose issuer is not one of EKS. It has none, so a user needs no permission to read them, and it is
 * no error that EKS does not know the cluster.
 */
record UncertainAssociations(AssociationReads eks) implements AssociationReads {
    @Override
    public List<Listed> list() {
        return read(eks::list, List.of());
    }

    @Override
    public Optional<Listed> find(String namespace, String serviceAccount) {
        return read(() -> eks.find(namespace, serviceAccount), Optional.empty());
    }

    @Override
    public Optional<ObservedAssociation> describe(String id) {
        return read(() -> eks.describe(id), Optional.empty());
    }

    private static <T> T read(Supplier<T> read, T none) {
        try {
            return read.get();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.PodIdentityUnavailable || e.failure() instanceof Failure.AccessDenied) {
                return none;
            }
            throw e;
        }
    }
}
