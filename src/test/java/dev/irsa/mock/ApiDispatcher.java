package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.util.Optional;

/** Answers every request: counts it, asks what shall go wrong with it, serves it. */
final class ApiDispatcher extends Dispatcher {
    /** Of two digits where HTTP wants three. */
    private static final int NO_STATUS = 99;

    private final ObjectApi objects;
    private final ClusterInfo cluster;
    private final Dispatcher otherwise;
    private final RequestCounts counts;
    private final Runnable forget;
    private volatile Interceptor interceptor = request -> Fault.none();

    /**
     * @param otherwise answers what neither the objects nor the cluster know
     * @param forget drops the requests that the server behind this records and nobody asks for
     */
    ApiDispatcher(ObjectApi objects, ClusterInfo cluster, RequestCounts counts, Dispatcher otherwise, Runnable forget) {
        this.objects = objects;
        this.cluster = cluster;
        this.counts = counts;
        this.otherwise = otherwise;
        this.forget = forget;
    }

    void intercept(Interceptor by) {
        interceptor = by;
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
        forget.run();
        try {
            ApiRequest request = ApiRequest.of(recorded);
            Optional<ResourcePath> at = objects.locate(request);
            at.ifPresent(path -> counts.add(ObjectApi.verb(request, path), resource(path)));
            return switch (interceptor.before(request)) {
                case Fault.None() -> serve(request, at, recorded);
                case Fault.Late(Duration by) -> serve(request, at, recorded).setBodyDelay(by);
                case Fault.Refused(Status status) -> answer(status);
                case Fault.CutBefore() -> cut();
                case Fault.CutAfter() -> {
                    serve(request, at, recorded);
                    yield cut();
                }
            };
        } catch (ApiError refusal) {
            return answer(refusal.status());
        } catch (RuntimeException defect) {
            return answer(ApiError.internal(defect).status());
        }
    }

    private static String resource(ResourcePath path) {
        String plural = path.type().plural();
        return path.subresource().isEmpty() ? plural : plural + "/" + path.subresource();
    }

    private MockResponse serve(ApiRequest request, Optional<ResourcePath> at, RecordedRequest recorded) {
        if (at.isPresent()) {
            return objects.serve(request, at.orElseThrow());
        }
        return cluster.answer(request)
                .map(body -> json(request.method().equals("POST") ? 201 : 200, body))
                .orElseGet(() -> otherwise.dispatch(recorded));
    }

    static MockResponse json(int code, JsonNode body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body.isTextual() ? body.asText() : body.toString());
    }

    private static MockResponse answer(Status status) {
        return json(status.getCode(), Json.of(status));
    }

    /**
     * The server behind this cannot close a connection. A status line that is none makes the client do so, with the same
     * kind of failure as when the server does.
     */
    private static MockResponse cut() {
        return new MockResponse().setResponseCode(NO_STATUS);
    }
}
