package dev.irsa.kubectl.explain;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.text.Page;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.Result;
import dev.irsa.kubectl.doctor.Check;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Optional;

/** Checks what the operator reports on a resource. */
final class ReadyLink {
    private ReadyLink() {}

    static Check of(IamServiceAccount resource) {
        String title = "IamServiceAccount is Ready";
        if (resource.ready().isEmpty()) {
            return Check.of(
                    "ResourceNotObserved",
                    title,
                    Result.failed(
                            "the operator has not observed the resource",
                            "see that the operator runs and watches the namespace: kubectl get pods --all-namespaces"
                                    + " --selector app.kubernetes.io/name=irsa-operator"));
        }
        Condition ready = resource.ready().get();
        return Check.of(
                "ResourceNotReady",
                title,
                pending(resource, ready)
                        .map(change -> notObserved(resource, ready, change))
                        .orElseGet(() -> observed(resource, ready)));
    }

    private static boolean isTrue(Condition ready) {
        return ready.status().equals("True");
    }

    private static Result observed(IamServiceAccount resource, Condition ready) {
        return isTrue(ready)
                ? Result.ok(PlainText.of(ready.message()))
                : Result.failed(problem(resource, ready), "do what the message says" + Page.CONDITIONS.reference());
    }

    private static Result notObserved(IamServiceAccount resource, Condition ready, String change) {
        String remedy = "wait, and if this lasts, run: kubectl irsa check";
        return isTrue(ready)
                ? Result.warning(change + "; before, it was Ready: " + PlainText.of(ready.message()), remedy)
                : Result.failed(change + "; before, it was not Ready: " + problem(resource, ready), remedy);
    }

    /** Returns which change the operator has not observed yet; empty if the condition describes the resource as it is. */
    private static Optional<String> pending(IamServiceAccount resource, Condition ready) {
        ObjectMeta metadata = resource.getMetadata();
        boolean current = Long.valueOf(ready.observedGeneration()).equals(metadata.getGeneration());
        if (resource.isMarkedForDeletion() && (isTrue(ready) || !current)) {
            return Optional.of("the operator has not observed the deletion of " + metadata.getDeletionTimestamp());
        }
        return current ? Optional.empty() : Optional.of("the operator has not observed the last edit");
    }

    private static String problem(IamServiceAccount resource, Condition ready) {
        return ready.reason() + ": " + PlainText.of(ready.message()) + available(resource);
    }

    private static String available(IamServiceAccount resource) {
        return resource.available()
                .map(condition -> "; Available is " + condition.status() + ": " + PlainText.of(condition.message()))
                .orElse("");
    }
}
