package dev.irsa.cli.check;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import java.util.Objects;
import java.util.Optional;

/** A resource as the check read it. */
record ObservedResource(IamServiceAccount resource) {
    String uid() {
        return resource.getMetadata().getUid();
    }

    /** Returns the label of the check; empty if no check created the resource. */
    Optional<String> run() {
        return Optional.ofNullable(resource.getMetadata().getLabels()).map(labels -> labels.get(CheckResource.LABEL));
    }

    /** Returns whether an operator reported the current generation as Ready. */
    boolean isReady() {
        return ready().filter(ready -> ready.status().equals("True")).isPresent();
    }

    /** Returns the Ready condition of the current generation; empty: no operator has reported it yet. */
    Optional<Condition> ready() {
        long generation = resource.getMetadata().getGeneration();
        return resource.ready()
                .filter(condition ->
                        condition.observedGeneration() == generation && status().observedGeneration() == generation);
    }

    IamServiceAccountStatus status() {
        return Objects.requireNonNullElse(resource.getStatus(), IamServiceAccountStatus.UNSEEN);
    }

    /** Returns reason and message of the Ready condition in one line. */
    Optional<String> state() {
        return ready().map(ready -> ready.reason() + ": " + ready.message());
    }
}
