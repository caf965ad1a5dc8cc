package dev.irsa.kubectl.plan;

import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.port.AssociationReads;
import java.util.List;
import java.util.Optional;

/** Associations whose failed reads are remembered. */
record CheckedAssociations(AssociationReads associations, ReadCheck eks) implements AssociationReads {
    @Override
    public List<Listed> list() {
        return eks.check(associations::list);
    }

    @Override
    public Optional<Listed> find(String namespace, String serviceAccount) {
        return eks.check(() -> associations.find(namespace, serviceAccount));
    }

    @Override
    public Optional<ObservedAssociation> describe(String id) {
        return eks.check(() -> associations.describe(id));
    }
}
