package dev.irsa.kubectl.plan;

import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.port.AssociationReads;
import java.util.List;
import java.util.Optional;

/** The associations that the statuses name. They stand in for those in EKS if the user cannot read EKS. */
public record LastAppliedAssociations(List<ObservedAssociation> all) implements AssociationReads {
    public LastAppliedAssociations {
        all = List.copyOf(all);
    }

    @Override
    public List<Listed> list() {
        return all.stream().map(LastAppliedAssociations::listed).toList();
    }

    @Override
    public Optional<Listed> find(String namespace, String serviceAccount) {
        return list().stream()
                .filter(listed -> listed.namespace().equals(namespace)
                        && listed.serviceAccount().equals(serviceAccount))
                .findFirst();
    }

    @Override
    public Optional<ObservedAssociation> describe(String id) {
        return all.stream().filter(association -> association.id().equals(id)).findFirst();
    }

    private static Listed listed(ObservedAssociation association) {
        return new Listed(
                association.id(),
                association.arn(),
                association.namespace(),
                association.serviceAccount(),
                association.ownerArn());
    }
}
