package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;

/** Answers a request that no fault has answered. */
@FunctionalInterface
interface Backend {
    Reply answer(AwsRequest request) throws IOException, InterruptedException;
}
