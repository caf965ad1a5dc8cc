package dev.irsa.fake;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the SDK throws when there was no answer, or none that it understands. */
final class Outages {
    private static final String NOT_SENT = "Unable to execute HTTP request: ";

    private Outages() {}

    static SdkClientException unknownHost() {
        return unreachable(new UnknownHostException("iam.amazonaws.com"));
    }

    static SdkClientException unreachable(IOException cause) {
        return SdkClientException.create(NOT_SENT + cause.getMessage(), cause);
    }

    static SdkClientException answerLost() {
        return unreachable(new SocketTimeoutException("Read timed out"));
    }

    static SdkClientException nonsense() {
        return SdkClientException.create(
                "Could not parse XML response.", new IllegalStateException("Unexpected end of document"));
    }
}
