package dev.irsa.port;

/** Requeues resources, so that they are reconciled again. */
public interface Requeuer {
    /** Requeues a resource. */
    void requeue(ResourceRef resource);

    /** Requeues every resource. */
    void requeueAll();
}
