package dev.irsa.cli.check;

import dev.irsa.cli.check.CheckTimeouts.Probe;
import dev.irsa.cli.check.CheckTimeouts.Stopped;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Implements the steps of the check. Each reports its progress in one line. */
final class CheckOperations {
    private final CheckResource resource;
    private final CheckTimeouts timeouts;
    private final Consumer<String> progress;

    CheckOperations(CheckResource resource, CheckTimeouts timeouts, Consumer<String> progress) {
        this.resource = resource;
        this.timeouts = timeouts;
        this.progress = progress;
    }

    void requirePermissions() throws CheckFailed, Stopped, InterruptedException {
        List<String> missing = get("permissions cannot be checked", resource::missingPermissions);
        if (!missing.isEmpty()) {
            throw new CheckFailed("permissions are missing in namespace " + resource.namespace() + ": "
                    + String.join(", ", missing)
                    + "; bind the ClusterRole iamserviceaccounts-edit of deploy/rbac-users.yaml in that namespace");
        }
    }

    /** Deletes what an earlier check left behind. Fails if the resource with this name is not from a check. */
    void deleteLeftover() throws CheckFailed, Stopped, InterruptedException {
        Optional<ObservedResource> existing = read();
        if (existing.isEmpty()) {
            return;
        }
        if (existing.get().run().isEmpty()) {
            throw new CheckFailed(resource + " already exists and was not created by a check (it has no label "
                    + CheckResource.LABEL + "); choose another --name");
        }
        progress.accept(resource + ": left over from an earlier check");
        delete(existing.get());
        awaitDeleted(existing.get());
        // Otherwise, the next resource would use this ServiceAccount, and the garbage collector would delete it.
        awaitServiceAccountDeleted(existing.get());
    }

    void create() throws CheckFailed, Stopped, InterruptedException {
        get(resource + " cannot be created", resource::create);
        progress.accept(resource + ": created");
    }

    void awaitReady() throws CheckFailed, Stopped, InterruptedException {
        StateReporter states = new StateReporter(resource.toString(), progress);
        Optional<ObservedResource> ready = until(resource + " cannot be read", () -> {
            ObservedResource seen = resource.read()
                    .filter(resource::isOfThisRun)
                    .orElseThrow(() -> new CheckFailed(
                            resource + " was deleted by another client before it was Ready; run the check again"));
            states.report(seen);
            return Optional.of(seen).filter(ObservedResource::isReady);
        });
        if (ready.isEmpty()) {
            throw new CheckFailed(states.last()
                    .map(last -> resource + " was not Ready within " + timeouts.text() + ": " + last)
                    .orElse("no operator reconciled " + resource + " within " + timeouts.text()
                            + "; verify that an operator runs and watches this namespace; see: kubectl get pods"
                            + " --all-namespaces -l app.kubernetes.io/name=irsa-operator"));
        }
    }

    /** Deletes the resource of this run, if it exists, and waits until it no longer exists. */
    void deleteAndWait() throws CheckFailed, Stopped, InterruptedException {
        Optional<ObservedResource> created = delete();
        if (created.isPresent()) {
            awaitDeleted(created.get());
            awaitServiceAccountDeleted(created.get());
        }
    }

    /** Deletes the resource of this run, if it exists, without waiting. */
    Optional<ObservedResource> delete() throws CheckFailed, Stopped, InterruptedException {
        Optional<ObservedResource> created = read().filter(resource::isOfThisRun);
        if (created.isPresent()) {
            delete(created.get());
        }
        return created;
    }

    private void delete(ObservedResource seen) throws CheckFailed, Stopped, InterruptedException {
        get(resource + " cannot be deleted", () -> {
            resource.delete(seen.uid());
            return seen;
        });
        progress.accept(resource + ": deletion requested");
    }

    private void awaitDeleted(ObservedResource deleted) throws CheckFailed, Stopped, InterruptedException {
        StateReporter states = new StateReporter(resource.toString(), progress);
        Probe<Boolean> deletion = () -> {
            Optional<ObservedResource> seen =
                    resource.read().filter(found -> found.uid().equals(deleted.uid()));
            seen.ifPresent(states::report);
            return seen.isEmpty() ? Optional.of(true) : Optional.empty();
        };
        if (until(resource + " cannot be read", deletion).isEmpty()) {
            throw new CheckFailed(resource + " was not deleted within " + timeouts.text() + ": "
                    + states.last().orElse("no operator removed its finalizer; verify that an operator runs"));
        }
        progress.accept(resource + ": deleted");
    }

    private void awaitServiceAccountDeleted(ObservedResource deleted)
            throws CheckFailed, Stopped, InterruptedException {
        String account = "ServiceAccount " + resource.namespace() + "/" + resource.name();
        if (!get("permissions cannot be checked", resource::mayReadServiceAccount)) {
            progress.accept(
                    account
                            + ": deletion left to the garbage collector and not verified, because the permission to get it is missing");
            return;
        }
        Probe<Boolean> deletion =
                () -> resource.hasServiceAccount(deleted.uid()) ? Optional.empty() : Optional.of(true);
        if (until(account + " cannot be read", deletion).isEmpty()) {
            throw new CheckFailed(
                    account + " still exists " + timeouts.text()
                            + " after its owner was deleted; verify that the garbage collector of kube-controller-manager runs");
        }
        progress.accept(account + ": deleted");
    }

    private Optional<ObservedResource> read() throws CheckFailed, Stopped, InterruptedException {
        return get(resource + " cannot be read", resource::read);
    }

    /** Returns the response to a request, which is retried while the API server does not respond. */
    private <T> T get(String problem, Supplier<T> request) throws CheckFailed, Stopped, InterruptedException {
        return until(problem, () -> Optional.of(request.get())).orElseThrow();
    }

    private <T> Optional<T> until(String problem, Probe<T> probe) throws CheckFailed, Stopped, InterruptedException {
        try {
            return timeouts.until(probe);
        } catch (KubernetesClientException e) {
            throw new CheckFailed(ApiErrors.message(problem, e));
        }
    }
}
