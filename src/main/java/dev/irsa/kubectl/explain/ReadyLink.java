package dev.irsa.kubectl.explain;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.text.Page;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.Result;
import dev.irsa.kubectl.doctor.Check;

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
        String message = PlainText.of(ready.message());
        return Check.of(
                "ResourceNotReady",
                title,
                ready.status().equals("True")
                        ? Result.ok(message)
                        : Result.failed(
                                ready.reason() + ": " + message + available(resource),
                                "do what the message says" + Page.CONDITIONS.reference()));
    }

    private static String available(IamServiceAccount resource) {
        return resource.available()
                .map(condition -> "; Available is " + condition.status() + ": " + PlainText.of(condition.message()))
                .orElse("");
    }
}
