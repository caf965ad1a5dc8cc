package dev.irsa.kubectl;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.RootCause;
import dev.irsa.core.text.PlainText;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of a command in one cluster, or in several, of which it reads a few at the same time. Of several clusters, one that
 * cannot be read is named, and the others are shown.
 *
 * @param read reads a cluster
 * @param show prints what was read of all clusters, and returns the exit code
 * @param notRead the exit code for a cluster that cannot be read
 */
record EachCluster<T>(Read<T> read, Show<T> show, ToIntFunction<StartFailure> notRead) {
    private static final Logger LOG = LoggerFactory.getLogger(EachCluster.class);
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

    private sealed interface Attempt<V> {
        record Done<V>(String context, V value) implements Attempt<V> {}

        record Failed<V>(String context, String problem, int exitCode) implements Attempt<V> {}
    }

    @FunctionalInterface
    private interface Try<V> {
        V run() throws StartFailure, InterruptedException;
    }

    /** Does the work in one cluster. */
    int one(KubernetesClient client, Output output) throws StartFailure, InterruptedException {
        try (Opened opened = new Opened()) {
            return show.of(ClusterResults.ofOne(read.of(new Cluster(client, output, opened::add))), output);
        }
    }

    /** Does the work in the clusters of these contexts, once in each, and returns the worst exit code. */
    int several(List<String> contexts, Connect connect, Output output) throws StartFailure, InterruptedException {
        try (Opened opened = new Opened()) {
            List<InCluster<T>> done = new ArrayList<>();
            List<NotRead> missing = new ArrayList<>();
            int worst = 0;
            for (Attempt<T> attempt : read(connections(contexts, connect, output, opened), output, opened)) {
                switch (attempt) {
                    case Attempt.Done<T>(String context, T value) -> done.add(new InCluster<>(context, value));
                    case Attempt.Failed<T>(String context, String problem, int exitCode) -> {
                        missing.add(new NotRead(context, "", problem));
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

    /** Connects, and leaves out contexts of the cluster of an earlier one. */
    private List<Attempt<Connected>> connections(List<String> contexts, Connect connect, Output output, Opened opened)
            throws InterruptedException {
        List<Attempt<Connected>> all = atOnce(contexts.stream()
                .<Callable<Attempt<Connected>>>map(context ->
                        () -> attempt(context, () -> Connected.of(context, opened.add(connect.to(context)))))
                .toList());
        List<Connected> connected = all.stream()
                .flatMap(attempt -> attempt instanceof Attempt.Done<Connected>(var _, Connected value)
                        ? Stream.of(value)
                        : Stream.empty())
                .toList();
        List<String> once = OncePerCluster.of(connected, output);
        return all.stream()
                .filter(attempt ->
                        !(attempt instanceof Attempt.Done<Connected>(String context, var _)) || once.contains(context))
                .toList();
    }

    private List<Attempt<T>> read(List<Attempt<Connected>> connections, Output output, Opened opened)
            throws InterruptedException {
        return atOnce(connections.stream()
                .<Callable<Attempt<T>>>map(connection -> () -> switch (connection) {
                    case Attempt.Failed<Connected>(String context, String problem, int exitCode) ->
                        new Attempt.Failed<>(context, problem, exitCode);
                    case Attempt.Done<Connected>(String context, Connected cluster) ->
                        attempt(context, () -> read.of(new Cluster(cluster.client(), output.of(context), opened::add)));
                })
                .toList());
    }

    private static <V> List<V> atOnce(List<Callable<V>> tasks) throws InterruptedException {
        List<V> results = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Future<V> task : threads.invokeAll(tasks)) {
                results.add(task.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return results;
    }

    /** An error of the program in one cluster must not hide the others. */
    private <V> Attempt<V> attempt(String context, Try<V> work) throws InterruptedException {
        try {
            return new Attempt.Done<>(context, work.run());
        } catch (StartFailure e) {
            return failed(context, e);
        } catch (FailureException e) {
            return failed(context, ConnectionOptions.failure(e));
        } catch (RuntimeException e) {
            LOG.debug("cannot read context {}", context, e);
            return failed(
                    context,
                    new StartFailure(
                            StartFailure.ENVIRONMENT,
                            PlainText.line(
                                    "the cluster cannot be read because of an unexpected error, " + RootCause.of(e)
                                            + "; run the command for it alone, with --context, and report the error")));
        }
    }

    private <V> Attempt<V> failed(String context, StartFailure why) {
        return new Attempt.Failed<>(context, why.problem(), notRead.applyAsInt(why));
    }

    /** The clients and the AWS accounts that the reads opened. */
    private static final class Opened implements AutoCloseable {
        private final Queue<Runnable> all = new ConcurrentLinkedQueue<>();

        void add(AccountReaders readers) {
            all.add(readers::close);
        }

        KubernetesClient add(KubernetesClient client) {
            all.add(client::close);
            return client;
        }

        @Override
        public void close() {
            all.forEach(Runnable::run);
        }
    }
}
