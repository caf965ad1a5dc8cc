package dev.irsa.cli.check;

import dev.irsa.cli.check.CheckTimeouts.Look;
import dev.irsa.cli.check.CheckTimeouts.Stopped;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the check does, one thing after the other; each says in a line what it has done. */
final class CheckSteps {
    private final CheckResource object;
    private final CheckTimeouts patience;
    private final Consumer<String> progress;

    CheckSteps(CheckResource object, CheckTimeouts patience, Consumer<String> progress) {
        this.object = object;
        this.patience = patience;
        this.progress = progress;
    }

    void requireRights() throws CheckFailed, Stopped, InterruptedException {
        List<String> missing = get("rights cannot be looked at", object::missingRights);
        if (!missing.isEmpty()) {
            throw new CheckFailed("rights are missing in namespace " + object.namespace() + ": "
                    + String.join(", ", missing)
                    + "; bind the ClusterRole iamserviceaccounts-edit of deploy/rbac-users.yaml there");
        }
    }

    /** What an earlier check has left goes; what is anybody else's stays, and the check does not begin. */
    void freeTheName() throws CheckFailed, Stopped, InterruptedException {
        Optional<ObservedResource> there = look();
        if (there.isEmpty()) {
            return;
        }
        if (there.get().run().isEmpty()) {
            throw new CheckFailed(object + " is there already and no check has made it (it has no label "
                    + CheckResource.LABEL + "); it is left as it is: give another --name");
        }
        progress.accept(object + ": left by an earlier check");
        delete(there.get());
        awaitGone(there.get());
        // Or the next object would find it there, and lose it to the garbage collector.
        awaitServiceAccountGone(there.get());
    }

    void create() throws CheckFailed, Stopped, InterruptedException {
        get(object + " cannot be created", object::create);
        progress.accept(object + ": created");
    }

    void awaitReady() throws CheckFailed, Stopped, InterruptedException {
        StateReporter states = new StateReporter(object.toString(), progress);
        Optional<ObservedResource> ready = until(object + " cannot be read", () -> {
            ObservedResource seen = object.look()
                    .filter(object::isOfThisRun)
                    .orElseThrow(() -> new CheckFailed(
                            object + " was deleted by somebody else before it was Ready: run the check again"));
            states.tell(seen);
            return Optional.of(seen).filter(ObservedResource::isReady);
        });
        if (ready.isEmpty()) {
            throw new CheckFailed(states.last()
                    .map(last -> object + " was not Ready within " + patience.text() + ": " + last)
                    .orElse("no operator has seen " + object + " within " + patience.text()
                            + ": does one run, and watch that namespace? See: kubectl get pods --all-namespaces"
                            + " -l app.kubernetes.io/name=irsa-operator"));
        }
    }

    /** Deletes what this run has made, if it is there, and waits for its end. */
    void takeAway() throws CheckFailed, Stopped, InterruptedException {
        Optional<ObservedResource> made = delete();
        if (made.isPresent()) {
            awaitGone(made.get());
            awaitServiceAccountGone(made.get());
        }
    }

    /** Deletes what this run has made, if it is there, and nothing else. */
    Optional<ObservedResource> delete() throws CheckFailed, Stopped, InterruptedException {
        Optional<ObservedResource> made = look().filter(object::isOfThisRun);
        if (made.isPresent()) {
            delete(made.get());
        }
        return made;
    }

    private void delete(ObservedResource seen) throws CheckFailed, Stopped, InterruptedException {
        get(object + " cannot be deleted", () -> {
            object.delete(seen.uid());
            return seen;
        });
        progress.accept(object + ": deletion asked for");
    }

    private void awaitGone(ObservedResource deleted) throws CheckFailed, Stopped, InterruptedException {
        StateReporter states = new StateReporter(object.toString(), progress);
        Look<Boolean> gone = () -> {
            Optional<ObservedResource> seen =
                    object.look().filter(found -> found.uid().equals(deleted.uid()));
            seen.ifPresent(states::tell);
            return seen.isEmpty() ? Optional.of(true) : Optional.empty();
        };
        if (until(object + " cannot be read", gone).isEmpty()) {
            throw new CheckFailed(object + " is being deleted and was not gone within " + patience.text() + ": "
                    + states.last().orElse("no operator has taken its finalizer off; does one run?"));
        }
        progress.accept(object + ": gone");
    }

    private void awaitServiceAccountGone(ObservedResource deleted) throws CheckFailed, Stopped, InterruptedException {
        String account = "ServiceAccount " + object.namespace() + "/" + object.name();
        if (!get("rights cannot be looked at", object::mayReadServiceAccount)) {
            progress.accept(account + ": left to the garbage collector, unseen for want of the right to get it");
            return;
        }
        Look<Boolean> gone = () -> object.hasServiceAccount(deleted.uid()) ? Optional.empty() : Optional.of(true);
        if (until(account + " cannot be read", gone).isEmpty()) {
            throw new CheckFailed(account + " is still there, " + patience.text()
                    + " after its owner has gone: does the garbage collector of kube-controller-manager run?");
        }
        progress.accept(account + ": gone");
    }

    private Optional<ObservedResource> look() throws CheckFailed, Stopped, InterruptedException {
        return get(object + " cannot be read", object::look);
    }

    /** The answer to a question, which is asked again while there is none. */
    private <T> T get(String cannot, Supplier<T> question) throws CheckFailed, Stopped, InterruptedException {
        return until(cannot, () -> Optional.of(question.get())).orElseThrow();
    }

    private <T> Optional<T> until(String cannot, Look<T> look) throws CheckFailed, Stopped, InterruptedException {
        try {
            return patience.until(look);
        } catch (KubernetesClientException e) {
            throw new CheckFailed(ApiErrors.told(cannot, e));
        }
    }
}
