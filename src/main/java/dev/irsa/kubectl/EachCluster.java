package dev.irsa.kubectl;

import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.InCluster;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;

/**
 * Does the work of a command in one cluster, or in several, of which it reads a few at the same time. Of several clusters, one that
 * cannot be read is named, and the others are shown.
 *
 * @param read reads a cluster
 * @param show prints what was read of all clusters, and returns the exit code
 * @param notRead the exit code for a cluster that cannot be read
 */
record EachCluster<T>(Read<T> read, Show<T> show, ToIntFunction<StartFailure> notRead) {
    private static final int AT_ONCE = 8;

    /** Reads a cluster. */
    @FunctionalInterface
    interface Read<T> {
        T of(Cluster cluster) throws StartFailure, InterruptedException;
    }

    /** Prints what was read of all clusters. */
    @FunctionalInterface
    interface Show<T> {
        int of(ClusterResults<T> clusters, Output output) throws StartFailure, InterruptedException;
    }

    /** Connects to a cluster. */
    @FunctionalInterface
    interface Connect {
        KubernetesClient to(String context) throws StartFailure;
    }

    private sealed interface Attempt<T> {
        record Done<T>(T value) implements Attempt<T> {}

        record Failed<T>(String problem, int exitCode) implements Attempt<T> {}
    }

    /** Does the work in one cluster. */
    int one(KubernetesClient client, Output output) throws StartFailure, InterruptedException {
        try (Opened opened = new Opened()) {
            return show.of(ClusterResults.ofOne(read.of(new Cluster(client, output, opened::add))), output);
        }
    }

    /** Does the work in these contexts, and returns the worst exit code. */
    int several(List<String> contexts, Connect connect, Output output) throws StartFailure, InterruptedException {
        try (Opened opened = new Opened()) {
            List<Attempt<T>> attempts = attempts(contexts, connect, output, opened);
            List<InCluster<T>> done = new ArrayList<>();
            List<NotRead> missing = new ArrayList<>();
            int worst = 0;
            for (int index = 0; index < contexts.size(); index++) {
                switch (attempts.get(index)) {
                    case Attempt.Done<T>(T value) -> done.add(new InCluster<>(contexts.get(index), value));
                    case Attempt.Failed<T>(String problem, int exitCode) -> {
                        missing.add(new NotRead(contexts.get(index), "", problem));
                        worst = Math.max(worst, exitCode);
                    }
                }
            }
            fail(missing, done.isEmpty(), output);
            return Math.max(worst, show.of(new ClusterResults<>(done, missing), output));
        }
    }

    /** A mistake of the user, such as missing credentials, is the same for every cluster. */
    private static void fail(List<NotRead> missing, boolean all, Output output) {
        List<String> reasons = missing.stream().map(NotRead::reason).distinct().toList();
        if (all && reasons.size() == 1) {
            output.fail(reasons.getFirst());
        } else {
            missing.forEach(cluster -> output.fail(cluster.sentence()));
        }
    }

    private List<Attempt<T>> attempts(List<String> contexts, Connect connect, Output output, Opened opened)
            throws InterruptedException {
        List<Callable<Attempt<T>>> reads = contexts.stream()
                .<Callable<Attempt<T>>>map(context -> () -> attempt(context, connect, output.of(context), opened))
                .toList();
        List<Attempt<T>> attempts = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Future<Attempt<T>> read : threads.invokeAll(reads)) {
                attempts.add(read.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return attempts;
    }

    private Attempt<T> attempt(String context, Connect connect, Output output, Opened opened)
            throws InterruptedException {
        try (KubernetesClient client = connect.to(context)) {
            return new Attempt.Done<>(read.of(new Cluster(client, output, opened::add)));
        } catch (StartFailure e) {
            return failed(e);
        } catch (FailureException e) {
            return failed(ConnectionOptions.failure(e));
        }
    }

    private Attempt<T> failed(StartFailure why) {
        return new Attempt.Failed<>(why.problem(), notRead.applyAsInt(why));
    }

    /** The AWS accounts that the reads opened. */
    private static final class Opened implements AutoCloseable {
        private final Queue<AccountReaders> all = new ConcurrentLinkedQueue<>();

        void add(AccountReaders readers) {
            all.add(readers);
        }

        @Override
        public void close() {
            all.forEach(AccountReaders::close);
        }
    }
}
