package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One watch over a WebSocket. An object that begins or ceases to match the selector is told as added or deleted. */
final class WatchStream extends WebSocketListener {
    private final ObjectStore store;
    private final ResourcePath collection;
    private final Predicate<JsonNode> selector;
    private final long since;
    private final Consumer<WebSocket> opened;
    private final Consumer<WebSocket> closed;
    private Consumer<ObjectChange> watcher = change -> {};

    /** @param since the revision after which to begin; 0 for the present state first */
    WatchStream(
            ObjectStore store,
            ResourcePath collection,
            Predicate<JsonNode> selector,
            long since,
            Consumer<WebSocket> opened,
            Consumer<WebSocket> closed) {
        this.store = store;
        this.collection = collection;
        this.selector = selector;
        this.since = since;
        this.opened = opened;
        this.closed = closed;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        synchronized (store) {
            opened.accept(socket);
            watcher = change -> tell(socket, change);
            if (since == 0) {
                store.list(collection).stream().filter(selector).forEach(object -> send(socket, "ADDED", object));
            }
            try {
                store.watchSince(since == 0 ? store.revision() : since, watcher);
            } catch (ApiError expired) {
                send(socket, "ERROR", Json.of(expired.status()));
            }
        }
    }

    private void tell(WebSocket socket, ObjectChange change) {
        if (!collection.covers(change.key())) {
            return;
        }
        boolean matched = change.before().filter(selector).isPresent();
        boolean matches = change.after().filter(selector).isPresent();
        if (matched || matches) {
            send(socket, matched && matches ? "MODIFIED" : matches ? "ADDED" : "DELETED", change.told());
        }
    }

    private static void send(WebSocket socket, String type, JsonNode object) {
        ObjectNode event = Json.object();
        event.put("type", type);
        event.set("object", object);
        socket.send(event.toString());
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        end(socket);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        end(socket);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable cause, Response response) {
        end(socket);
    }

    private void end(WebSocket socket) {
        synchronized (store) {
            store.unwatch(watcher);
            closed.accept(socket);
        }
    }
}
