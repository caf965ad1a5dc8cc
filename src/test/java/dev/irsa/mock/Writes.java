package dev.irsa.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Everything that changes an object. A write that changes nothing keeps the revision. */
final class Writes {
    private final ObjectStore store;
    private final ResourceTypes types;
    private final Clock clock;
    private final Random random = new Random();
    private final GarbageCollector collector;

    Writes(ObjectStore store, ResourceTypes types, Clock clock) {
        this.store = store;
        this.types = types;
        this.clock = clock;
        this.collector = new GarbageCollector(store, this::markDeleted);
    }

    ObjectNode create(ResourcePath collection, ObjectNode sent, String manager) {
        ResourcePath at = collection.named(Admission.nameOf(sent, random));
        if (store.find(at.key()).isPresent()) {
            throw ApiError.alreadyExists(at);
        }
        ObjectNode object = Admission.newObject(at, sent, now());
        FieldOwner owner = FieldOwner.updating(manager, at);
        return keepNew(at, ServerSideApply.update(at, Json.object(), object, owner, now()));
    }

    private ObjectNode keepNew(ResourcePath at, Written written) {
        checkNamespace(at);
        ObjectNode object = written.object();
        written.owners().writeTo(object);
        ObjectNode kept = store.put(at.key(), object).deepCopy();
        if (at.type().equals(ResourceTypes.DEFINITIONS)) {
            types.define(kept);
        }
        collector.collect();
        return kept;
    }

    private void checkNamespace(ResourcePath at) {
        if (!at.type().namespaced()) {
            return;
        }
        ResourcePath namespace = new ResourcePath(ResourceTypes.NAMESPACES, "", at.namespace(), "");
        ObjectNode found = store.find(namespace.key()).orElseThrow(() -> ApiError.notFound(namespace));
        if (ServerMetadata.isBeingDeleted(found)) {
            throw ApiError.namespaceTerminating(at.type().resource(), at.name(), at.namespace());
        }
    }

    /** PUT. */
    ObjectNode replace(ResourcePath at, ObjectNode sent, String manager) {
        ObjectNode live = found(at);
        Admission.checkReplaced(at, live, sent);
        return update(at, live, sent, manager);
    }

    /** Merge patch and JSON patch, given as what they make of the object. */
    ObjectNode patch(ResourcePath at, UnaryOperator<ObjectNode> patch, String manager) {
        ObjectNode live = found(at);
        ObjectNode sent = patch.apply(live.deepCopy());
        Admission.checkPatched(at, live, sent);
        return update(at, live, sent, manager);
    }

    private ObjectNode update(ResourcePath at, ObjectNode live, ObjectNode sent, String manager) {
        ObjectNode next = Admission.changed(at, live, sent);
        return keepChanged(at, live, ServerSideApply.update(at, live, next, FieldOwner.updating(manager, at), now()));
    }

    ObjectNode apply(ResourcePath at, ObjectNode applied, String manager, boolean force) {
        if (applied.path("metadata").hasNonNull("managedFields")) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        FieldOwner owner = FieldOwner.applying(manager, at);
        Optional<ObjectNode> found = store.find(at.key());
        if (found.isEmpty()) {
            return applyNew(at, applied, owner);
        }
        ObjectNode live = found.orElseThrow();
        Written written = ServerSideApply.apply(at, live, applied, owner, force, now());
        Admission.checkPatched(at, live, applied);
        return keepChanged(at, live, new Written(Admission.changed(at, live, written.object()), written.owners()));
    }

    private ObjectNode applyNew(ResourcePath at, ObjectNode applied, FieldOwner owner) {
        if (!at.subresource().isEmpty()) {
            throw ApiError.notFound(at);
        }
        String uid = ServerMetadata.uid(applied);
        if (!uid.isEmpty()) {
            throw ApiError.conflict(
                    at,
                    "uid mismatch: the provided object specified uid %s, and no existing object was found"
                            .formatted(uid));
        }
        Written written = ServerSideApply.apply(at, Json.object(), applied, owner, false, now());
        return keepNew(at, new Written(Admission.newObject(at, written.object(), now()), written.owners()));
    }

    private ObjectNode keepChanged(ResourcePath at, ObjectNode live, Written written) {
        ObjectNode next = written.object();
        Admission.checkFinalizers(at, live, next);
        Admission.raiseGeneration(at, live, next);
        if (next.equals(live) && written.owners().sameOwnersAs(ManagedFields.of(live))) {
            return live.deepCopy();
        }
        written.owners().writeTo(next);
        if (ServerMetadata.isBeingDeleted(next)
                && ServerMetadata.finalizers(next).isEmpty()
                && !isNamespace(at)) {
            removeAndCollect(at);
            return next;
        }
        ObjectNode kept = store.put(at.key(), next).deepCopy();
        if (at.type().equals(ResourceTypes.DEFINITIONS)) {
            types.define(kept);
        }
        collector.collect();
        return kept;
    }

    private static boolean isNamespace(ResourcePath at) {
        return at.type().equals(ResourceTypes.NAMESPACES);
    }

    /** The object as it is left: without finalizers it is gone. */
    ObjectNode delete(ResourcePath at, ObjectNode options) {
        ObjectNode live = found(at);
        String uid = options.path("preconditions").path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(ServerMetadata.uid(live))) {
            throw ApiError.conflict(
                    at,
                    "the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and then recreated"
                            .formatted(uid, ServerMetadata.uid(live)));
        }
        String revision = options.path("preconditions").path("resourceVersion").asText();
        if (!revision.isEmpty()
                && !revision.equals(
                        live.path("metadata").path("resourceVersion").asText())) {
            throw ApiError.modified(at);
        }
        markDeleted(at.key(), live);
        if (at.type().equals(ResourceTypes.DEFINITIONS)) {
            types.forget(live);
        }
        collector.collect();
        return store.find(at.key()).orElse(live).deepCopy();
    }

    /** Removes an object, or sets its deletionTimestamp when something holds it. */
    private void markDeleted(ObjectKey key, ObjectNode live) {
        boolean namespace = key.resource().equals(ResourceTypes.NAMESPACES.resource());
        if (ServerMetadata.finalizers(live).isEmpty() && !namespace) {
            store.remove(key);
        } else if (!ServerMetadata.isBeingDeleted(live)) {
            ObjectNode next = live.deepCopy();
            ObjectNode metadata = ServerMetadata.of(next);
            metadata.put("deletionTimestamp", now());
            if (namespace) {
                next.withObjectProperty("status").put("phase", "Terminating");
            } else {
                metadata.put("deletionGracePeriodSeconds", 0);
            }
            if (metadata.has("generation")) {
                metadata.put("generation", metadata.path("generation").asLong() + 1);
            }
            store.put(key, next);
        }
    }

    private void removeAndCollect(ResourcePath at) {
        store.remove(at.key());
        collector.collect();
    }

    private ObjectNode found(ResourcePath at) {
        return store.find(at.key()).orElseThrow(() -> ApiError.notFound(at));
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
