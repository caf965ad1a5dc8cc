package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;

/** What befalls a call on its way: it may answer in place of the backend, spoil its answer, or make it wait. */
@FunctionalInterface
interface Fault {
    Reply on(AwsRequest request, Backend onward) throws IOException, InterruptedException;
}
