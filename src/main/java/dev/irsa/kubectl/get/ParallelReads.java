package dev.irsa.kubectl.get;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
final class ParallelReads<K, V> {
    private static final int AT_ONCE = 8;

    private final Function<K, Optional<V>> read;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Reads each value with this function, which throws {@link FailureException}. */
    ParallelReads(Function<K, Optional<V>> read) {
        this.read = read;
    }

    /**
     * The values.
     *
     * @param found without those that do not exist
     * @param failure the first one; empty if every read succeeded
     */
    record Result<K, V>(Map<K, V> found, Optional<Failure> failure) {}

    private record Answer<V>(Optional<V> value, Optional<Failure> failure) {}

    Result<K, V> all(Collection<K> keys) throws InterruptedException {
        List<K> order = List.copyOf(keys);
        Map<K, V> found = new LinkedHashMap<>();
        List<Failure> failures = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Answer<V>>> answers = threads.invokeAll(order.stream()
                    .map(key -> (Callable<Answer<V>>) () -> one(key))
                    .toList());
            for (int i = 0; i < order.size(); i++) {
                K key = order.get(i);
                Answer<V> answer = result(answers.get(i));
                answer.value().ifPresent(value -> found.put(key, value));
                answer.failure().ifPresent(failures::add);
            }
        }
        return new Result<>(found, failures.stream().findFirst());
    }

    private Answer<V> one(K key) {
        if (stopped.get()) {
            return new Answer<>(Optional.empty(), Optional.empty());
        }
        try {
            return new Answer<>(read.apply(key), Optional.empty());
        } catch (FailureException e) {
            // A policy may allow some roles and not others.
            if (!(e.failure() instanceof Failure.AccessDenied)) {
                stopped.set(true);
            }
            return new Answer<>(Optional.empty(), Optional.of(e.failure()));
        }
    }

    private static <V> Answer<V> result(Future<Answer<V>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
