package dev.irsa.aws;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Takes for success only the answer to the action that was asked for. IAM's writes answer nothing but that they are done,
 * so the SDK takes whatever a proxy or a captive portal says with status 200 for a role that was deleted. Source: the
 * IAM API Reference, where each answer begins with the name of its action.
 */
final class ResponseValidator implements ExecutionInterceptor {
    /** Room for the name, with an XML declaration before it. */
    private static final int BEGINNING = 512;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (!context.httpResponse().isSuccessful()) {
            return context.responseBody();
        }
        String action = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        InputStream body =
                new BufferedInputStream(context.responseBody().orElseGet(InputStream::nullInputStream), BEGINNING);
        if (!beginning(body).contains("<" + action + "Response")) {
            throw SdkClientException.create("status 200, and no answer to " + action);
        }
        return Optional.of(body);
    }

    private static String beginning(InputStream body) {
        try {
            body.mark(BEGINNING);
            String beginning = new String(body.readNBytes(BEGINNING), StandardCharsets.UTF_8);
            body.reset();
            return beginning;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
