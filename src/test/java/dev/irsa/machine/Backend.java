package dev.irsa.machine;

import java.io.IOException;

/** Whoever answers a request in the end. */
@FunctionalInterface
interface Backend {
    Reply answer(AwsRequest request) throws IOException, InterruptedException;
}
