package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;

/** A fault of a call: it answers in place of the backend, changes the answer, or delays the call. */
@FunctionalInterface
interface Fault {
    Reply on(AwsRequest request, Backend onward) throws IOException, InterruptedException;
}
