package dev.irsa.cli.check;

import dev.irsa.cli.check.CheckResource.Observed;
import dev.irsa.cli.check.CheckTimeouts.Probe;
import dev.irsa.cli.check.CheckTimeouts.Stopped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Verifies an installation: creates a resource, waits until it is Ready, and deletes it with all dependents.
 *
 * @param progress receives one line for each step
 */
public record InstallationCheck(CheckResource resource, CheckTimeouts timeouts, Consumer<String> progress) {
    /** The limit of the final cleanup, well below the default termination grace period of a pod, 30 seconds. */
    private static final Duration LAST_DELETION = Duration.ofSeconds(10);

    /** Runs the check and returns if it succeeds. Deletes the resource in any case. */
    public void run() throws CheckFailed, InterruptedException {
        try {
            requirePermissions();
            deleteLeftover();
            try {
                create();
                awaitReady();
            } catch (CheckFailed e) {
                cleanUp(e);
                throw e;
            }
            deleteAndWait();
        } catch (Stopped e) {
            throw stopped();
        }
    }

    private void cleanUp(CheckFailed failure) throws CheckFailed, Stopped, InterruptedException {
        try {
            deleteAndWait();
        } catch (CheckFailed e) {
            throw failure.and(e);
        }
    }

    /** Deletes the resource after a signal, without waiting until it no longer exists. */
    private CheckFailed stopped() throws InterruptedException {
        CheckFailed stopped = new CheckFailed("interrupted by a signal before completion");
        try {
            new InstallationCheck(resource, timeouts.unstoppable(LAST_DELETION), progress).delete();
            return stopped;
        } catch (CheckFailed e) {
            return stopped.and(e);
        } catch (Stopped e) {
            throw new IllegalStateException("the cleanup cannot be stopped", e);
        }
    }

    private void requirePermissions() throws CheckFailed, Stopped, InterruptedException {
        List<String> missing = get("permissions cannot be checked", resource::missingPermissions);
        if (!missing.isEmpty()) {
            throw new CheckFailed("permissions are missing in namespace " + resource.namespace() + ": "
                    + String.join(", ", missing)
                    + "; bind the ClusterRole iamserviceaccounts-edit of deploy/rbac-users.yaml in that namespace");
        }
    }

    /** Deletes what an earlier check left behind. Fails if the resource with this name is not from a check. */
    private void deleteLeftover() throws CheckFailed, Stopped, InterruptedException {
        Optional<Observed> existing = read();
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

    private void create() throws CheckFailed, Stopped, InterruptedException {
        get(resource + " cannot be created", resource::create);
        progress.accept(resource + ": created");
    }

    private void awaitReady() throws CheckFailed, Stopped, InterruptedException {
        StateReporter states = new StateReporter();
        Optional<Observed> ready = timeouts.until(resource + " cannot be read", () -> {
            Observed seen = resource.read()
                    .filter(resource::isOfThisRun)
                    .orElseThrow(() -> new CheckFailed(
                            resource + " was deleted by another client before it was Ready; run the check again"));
            states.report(seen);
            return Optional.of(seen).filter(Observed::isReady);
        });
        if (ready.isEmpty()) {
            throw new CheckFailed(states.last
                    .map(last -> resource + " was not Ready within " + timeouts.text() + ": " + last)
                    .orElse("no operator reconciled " + resource + " within " + timeouts.text()
                            + "; verify that an operator runs and watches this namespace; see: kubectl get pods"
                            + " --all-namespaces -l app.kubernetes.io/name=irsa-operator"));
        }
    }

    /** Deletes the resource of this run, if it exists, and waits until it no longer exists. */
    private void deleteAndWait() throws CheckFailed, Stopped, InterruptedException {
        Optional<Observed> created = delete();
        if (created.isPresent()) {
            awaitDeleted(created.get());
            awaitServiceAccountDeleted(created.get());
        }
    }

    /** Deletes the resource of this run, if it exists, without waiting. */
    private Optional<Observed> delete() throws CheckFailed, Stopped, InterruptedException {
        Optional<Observed> created = read().filter(resource::isOfThisRun);
        if (created.isPresent()) {
            delete(created.get());
        }
        return created;
    }

    private void delete(Observed seen) throws CheckFailed, Stopped, InterruptedException {
        get(resource + " cannot be deleted", () -> {
            resource.delete(seen.uid());
            return seen;
        });
        progress.accept(resource + ": deletion requested");
    }

    private void awaitDeleted(Observed deleted) throws CheckFailed, Stopped, InterruptedException {
        StateReporter states = new StateReporter();
        Probe<Boolean> deletion = () -> {
            Optional<Observed> seen =
                    resource.read().filter(found -> found.uid().equals(deleted.uid()));
            seen.ifPresent(states::report);
            return seen.isEmpty() ? Optional.of(true) : Optional.empty();
        };
        if (timeouts.until(resource + " cannot be read", deletion).isEmpty()) {
            throw new CheckFailed(resource + " was not deleted within " + timeouts.text() + ": "
                    + states.last.orElse("no operator removed its finalizer; verify that an operator runs"));
        }
        progress.accept(resource + ": deleted");
    }

    private void awaitServiceAccountDeleted(Observed deleted) throws CheckFailed, Stopped, InterruptedException {
        String account = "ServiceAccount " + resource.namespace() + "/" + resource.name();
        if (!get("permissions cannot be checked", resource::mayReadServiceAccount)) {
            progress.accept(
                    account
                            + ": deletion left to the garbage collector and not verified, because the permission to get it is missing");
            return;
        }
        Probe<Boolean> deletion =
                () -> resource.hasServiceAccount(deleted.uid()) ? Optional.empty() : Optional.of(true);
        if (timeouts.until(account + " cannot be read", deletion).isEmpty()) {
            throw new CheckFailed(
                    account + " still exists " + timeouts.text()
                            + " after its owner was deleted; verify that the garbage collector of kube-controller-manager runs");
        }
        progress.accept(account + ": deleted");
    }

    private Optional<Observed> read() throws CheckFailed, Stopped, InterruptedException {
        return get(resource + " cannot be read", resource::read);
    }

    /** Returns the response to a request, which is retried while the API server does not respond. */
    private <T> T get(String problem, Supplier<T> request) throws CheckFailed, Stopped, InterruptedException {
        return timeouts.until(problem, () -> Optional.of(request.get())).orElseThrow();
    }

    /** Reports each new state of the resource once. */
    private final class StateReporter {
        private Optional<String> last = Optional.empty();

        private void report(Observed seen) {
            Optional<String> state = seen.state();
            if (state.isPresent() && !state.equals(last)) {
                progress.accept(resource + ": " + state.get());
                last = state;
            }
        }
    }
}
