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
 * Accepts a response as a success only if it belongs to the requested action. The responses of IAM's writes are empty.
 * The SDK would therefore accept any page with status 200 from a proxy or captive portal as a success. Source: the IAM
 * API Reference, where each response begins with the name of its action.
 */
final class ResponseValidator implements ExecutionInterceptor {
    /** Enough bytes for an XML declaration and the name of the action. */
    private static final int PREFIX_BYTES = 512;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (!context.httpResponse().isSuccessful()) {
            return context.responseBody();
        }
        String action = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        InputStream body =
                new BufferedInputStream(context.responseBody().orElseGet(InputStream::nullInputStream), PREFIX_BYTES);
        if (!prefix(body).contains("<" + action + "Response")) {
            throw SdkClientException.create("HTTP status 200 without a response to " + action);
        }
        return Optional.of(body);
    }

    private static String prefix(InputStream body) {
        try {
            body.mark(PREFIX_BYTES);
            String prefix = new String(body.readNBytes(PREFIX_BYTES), StandardCharsets.UTF_8);
            body.reset();
            return prefix;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
