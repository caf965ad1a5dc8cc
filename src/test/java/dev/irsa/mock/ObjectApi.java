package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.WebSocket;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The paths that name objects: read, watched and written, one request at a time. */
final class ObjectApi {
    private final ObjectStore store = new ObjectStore();
    private final Set<WebSocket> watches = new LinkedHashSet<>();
    private final ResourceTypes types;
    private final Writes writes;

    ObjectApi(ResourceTypes types, Clock clock) {
        this.types = types;
        this.writes = new Writes(store, types, clock);
    }

    Optional<ResourcePath> locate(ApiRequest request) {
        synchronized (store) {
            return ResourcePath.parse(request.path(), types);
        }
    }

    static String verb(ApiRequest request, ResourcePath at) {
        boolean collection = at.name().isEmpty();
        return switch (request.method()) {
            case "GET" -> request.isWatch() ? "watch" : collection ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> request.isApply() ? "apply" : "patch";
            default -> collection ? "deletecollection" : "delete";
        };
    }

    MockResponse serve(ApiRequest request, ResourcePath at) {
        synchronized (store) {
            if (at.isStatus() && !at.type().statusSubresource()) {
                throw ApiError.noSuchPath();
            }
            return switch (verb(request, at)) {
                case "get" -> ApiDispatcher.json(200, store.find(at.key()).orElseThrow(() -> ApiError.notFound(at)));
                case "list" -> ApiDispatcher.json(200, list(request, at));
                case "watch" -> watch(request, at);
                case "create" ->
                    ApiDispatcher.json(201, writes.create(at, Json.readObject(request.body()), request.fieldManager()));
                case "update" ->
                    ApiDispatcher.json(
                            200, writes.replace(at, Json.readObject(request.body()), request.fieldManager()));
                case "patch" ->
                    ApiDispatcher.json(
                            200, writes.patch(at, object -> Patches.patched(object, request), request.fieldManager()));
                case "apply" -> apply(request, at);
                case "delete" -> ApiDispatcher.json(200, delete(request, at));
                case "deletecollection" -> ApiDispatcher.json(200, deleteAll(request, at));
                default -> throw ApiError.methodNotAllowed();
            };
        }
    }

    private ObjectNode list(ApiRequest request, ResourcePath at) {
        ObjectNode list = Json.object();
        list.put("kind", at.type().kind() + "List");
        list.put("apiVersion", at.type().apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(store.revision()));
        list.putArray("items").addAll(selected(request, at));
        return list;
    }

    private List<ObjectNode> selected(ApiRequest request, ResourcePath at) {
        Predicate<JsonNode> selector = Selector.of(request);
        return store.list(at).stream().filter(selector).toList();
    }

    private MockResponse watch(ApiRequest request, ResourcePath at) {
        String since = request.parameter("resourceVersion");
        return new MockResponse()
                .withWebSocketUpgrade(new WatchStream(
                        store,
                        at,
                        Selector.of(request),
                        since.isEmpty() ? 0 : Long.parseLong(since),
                        watches::add,
                        watches::remove));
    }

    private MockResponse apply(ApiRequest request, ResourcePath at) {
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiError.badRequest("fieldManager: Required value: is required for apply patch");
        }
        boolean created = store.find(at.key()).isEmpty();
        ObjectNode object =
                writes.apply(at, Json.readObject(request.body()), request.fieldManager(), request.flag("force"));
        return ApiDispatcher.json(created ? 201 : 200, object);
    }

    /** Kubernetes answers with the object when something still holds it. */
    private ObjectNode delete(ApiRequest request, ResourcePath at) {
        ObjectNode left = writes.delete(at, Json.readObject(request.body()));
        if (store.find(at.key()).isPresent()) {
            return left;
        }
        ObjectNode success = success();
        success.putObject("details")
                .put("name", at.name())
                .put("group", at.type().group())
                .put("kind", at.type().plural())
                .put("uid", ServerMetadata.uid(left));
        return success;
    }

    private ObjectNode deleteAll(ApiRequest request, ResourcePath at) {
        for (ObjectNode object : selected(request, at)) {
            JsonNode metadata = object.path("metadata");
            ResourcePath one = new ResourcePath(
                    at.type(),
                    metadata.path("namespace").asText(),
                    metadata.path("name").asText(),
                    "");
            // An earlier one of them may have taken this one with it.
            if (store.find(one.key()).isPresent()) {
                writes.delete(one, Json.object());
            }
        }
        return success();
    }

    private static ObjectNode success() {
        return Json.object().put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
    }

    /** Ends all watches, as a restart of the API server does. */
    void dropWatches() {
        synchronized (store) {
            List.copyOf(watches).forEach(socket -> socket.close(1001, "going away"));
        }
    }
}
