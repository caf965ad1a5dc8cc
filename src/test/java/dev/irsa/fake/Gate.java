package dev.irsa.fake;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.iam.model.IamException;

/** What every call passes: it is logged, may fail, waits for its turn, and its answer gets a request id. */
final class Gate {
    private final CallLog calls;
    private final Faults faults;
    private final ReentrantLock turn;
    private final AtomicLong requests = new AtomicLong();

    Gate(CallLog calls, Faults faults, ReentrantLock turn) {
        this.calls = calls;
        this.faults = faults;
        this.turn = turn;
    }

    <T extends AwsResponse> T pass(String action, Supplier<T> effect) {
        return pass(action, "", effect);
    }

    <T extends AwsResponse> T pass(String action, @Nullable String roleName, Supplier<T> effect) {
        var call = calls.arrived(action, roleName == null ? "" : roleName);
        var requestId = "00000000-0000-4000-8000-%012d".formatted(requests.incrementAndGet());
        try {
            faults.beforeEffect(call);
            var answer = inTurn(turn, effect);
            faults.afterEffect(call);
            return numbered(answer, requestId);
        } catch (IamException e) {
            throw IamErrors.numbered(e, requestId);
        }
    }

    static <T> T inTurn(ReentrantLock turn, Supplier<T> effect) {
        turn.lock();
        try {
            return effect.get();
        } finally {
            turn.unlock();
        }
    }

    @SuppressWarnings("unchecked") // the builder of a response builds a response of the same class
    private static <T extends AwsResponse> T numbered(T answer, String requestId) {
        return (T) answer.toBuilder()
                .responseMetadata(DefaultAwsResponseMetadata.create(Map.of("AWS_REQUEST_ID", requestId)))
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build())
                .build();
    }
}
