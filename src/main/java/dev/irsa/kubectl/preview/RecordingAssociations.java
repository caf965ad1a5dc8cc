package dev.irsa.kubectl.preview;

import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import dev.irsa.kubectl.preview.Preview.Service;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.Associations;
import java.util.List;
import java.util.Optional;

/** Records the changes to associations, and refuses a second one for a ServiceAccount, as EKS does. */
record RecordingAssociations(AssociationReads reads, Recording recording) implements Associations {
    @Override
    public ObservedAssociation create(CreatePodIdentityAssociation change) {
        Optional<Listed> existing = find(change.namespace(), change.serviceAccount());
        if (existing.isPresent()) {
            throw new FailureException(new AwsFailure.AssociationExists(
                    existing.get().id(), "it is " + existing.get().arn()));
        }
        recording.add(change);
        return new ObservedAssociation(
                RecordingRoles.UNASSIGNED,
                RecordingRoles.UNASSIGNED,
                change.namespace(),
                change.serviceAccount(),
                change.roleArn(),
                change.tags(),
                Optional.empty(),
                AssociationOptions.NONE);
    }

    @Override
    public void update(UpdatePodIdentityAssociation change) {
        recording.add(change);
    }

    @Override
    public void delete(DeletePodIdentityAssociation change) {
        recording.add(change);
    }

    @Override
    public List<Listed> list() {
        return recording.read(Service.EKS, reads::list);
    }

    @Override
    public Optional<Listed> find(String namespace, String serviceAccount) {
        return recording.read(Service.EKS, () -> reads.find(namespace, serviceAccount));
    }

    @Override
    public Optional<ObservedAssociation> describe(String id) {
        return recording.read(Service.EKS, () -> reads.describe(id));
    }
}
