package dev.irsa.kubectl.get;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Reads many values from AWS, a few at the same time. AWS throttles callers that send hundreds of requests at once. After a
 * failure that every further read would meet, such as missing credentials, nothing more is read.
 */
public final class ParallelReads<K, V> {
    private static final int AT_ONCE = 8;

    private final Function<K, Optional<V>> read;
    private final Map<K, V> found = new ConcurrentHashMap<>();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Reads each value with this function, which throws {@link FailureException}. */
    public ParallelReads(Function<K, Optional<V>> read) {
        this.read = read;
    }

    /**
     * The values.
     *
     * @param found without those that do not exist
     * @param failure one of those that occurred; empty if every read succeeded
     */
    public record Result<K, V>(Map<K, V> found, Optional<Failure> failure) {}

    /** Reads these values. */
    public Result<K, V> all(Collection<K> keys) throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Future<Object> read : threads.invokeAll(
                    keys.stream().map(key -> Executors.callable(() -> one(key))).toList())) {
                read.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Result<>(found, Optional.ofNullable(failures.peek()));
    }

    private void one(K key) {
        if (stopped.get()) {
            return;
        }
        try {
            read.apply(key).ifPresent(value -> found.put(key, value));
        } catch (FailureException e) {
            failures.add(e.failure());
            // A policy may allow some roles and not others.
            if (!(e.failure() instanceof Failure.AccessDenied)) {
                stopped.set(true);
            }
        }
    }
}
