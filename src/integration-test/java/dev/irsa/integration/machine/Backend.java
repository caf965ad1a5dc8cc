package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;

/** Whoever answers a request in the end. */
@FunctionalInterface
interface Backend {
    Reply answer(AwsRequest request) throws IOException, InterruptedException;
}
