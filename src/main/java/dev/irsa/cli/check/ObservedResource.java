package dev.irsa.cli.check;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import java.util.Objects;
import java.util.Optional;

/** An object as it was seen. */
record ObservedResource(IamServiceAccount object) {
    String uid() {
        return object.getMetadata().getUid();
    }

    /** The label of a check; absent on what no check has made. */
    Optional<String> run() {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(labels -> labels.get(CheckResource.LABEL));
    }

    /** Whether an operator has said that all is done, of the object as it is now. */
    boolean isReady() {
        return ready().filter(ready -> ready.status().equals("True")).isPresent();
    }

    /** What an operator says of the object as it is now; empty: none has seen it. */
    Optional<Condition> ready() {
        long generation = object.getMetadata().getGeneration();
        return object.ready()
                .filter(condition ->
                        condition.observedGeneration() == generation && status().observedGeneration() == generation);
    }

    IamServiceAccountStatus status() {
        return Objects.requireNonNullElse(object.getStatus(), IamServiceAccountStatus.UNSEEN);
    }

    /** What an operator says, in a line. */
    Optional<String> state() {
        return ready().map(ready -> ready.reason() + ": " + ready.message());
    }
}
