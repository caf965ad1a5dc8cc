package dev.irsa.integration.machine;

import java.net.URI;

/** A running server that simulates IAM, STS and EKS on one port and accepts any credentials. */
public interface Emulator extends AutoCloseable {
    /** Returns the URL for an SDK client's endpoint override or for {@code AWS_ENDPOINT_URL}. */
    URI endpoint();

    @Override
    void close();
}
