package dev.irsa.performance.bench;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Runs an action in parallel. */
public final class InParallel {
    private InParallel() {}

    /** Runs the action for each element with this concurrency, and waits for all. */
    public static <T> void forEach(int concurrency, List<T> things, Consumer<T> work) {
        try (var threads = Executors.newFixedThreadPool(
                concurrency, Thread.ofVirtual().name("worker-", 0).factory())) {
            things.stream()
                    .map(thing -> CompletableFuture.runAsync(() -> work.accept(thing), threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }
}
