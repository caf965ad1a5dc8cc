package dev.irsa.mock;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.List;

/** A refusal, in the words of Kubernetes 1.36. */
final class ApiError extends RuntimeException {
    private final Status status;

    private ApiError(Status status) {
        super(status.getMessage());
        this.status = status;
    }

    Status status() {
        return status;
    }

    static ApiError notFound(ResourcePath at) {
        return about(
                at, 404, "NotFound", "%s \"%s\" not found".formatted(at.type().resource(), at.name()));
    }

    static ApiError alreadyExists(ResourcePath at) {
        return about(
                at,
                409,
                "AlreadyExists",
                "%s \"%s\" already exists".formatted(at.type().resource(), at.name()));
    }

    static ApiError conflict(ResourcePath at, String why) {
        return about(
                at,
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s"
                        .formatted(at.type().resource(), at.name(), why));
    }

    static ApiError modified(ResourcePath at) {
        return conflict(
                at, "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiError invalid(ResourcePath at, String field, String reason, String why) {
        String message = "%s \"%s\" is invalid: %s: %s".formatted(at.type().qualifiedKind(), at.name(), field, why);
        return new ApiError(failure(422, "Invalid", message)
                .withNewDetails()
                .withName(at.name())
                .withGroup(at.type().group())
                .withKind(at.type().kind())
                .withCauses(new StatusCause(field, why, reason))
                .endDetails()
                .build());
    }

    /** A server-side apply met values of others. */
    static ApiError ownedByOthers(List<FieldConflict> conflicts) {
        List<StatusCause> causes = conflicts.stream()
                .map(conflict -> new StatusCause(conflict.field(), conflict.sentence(), "FieldManagerConflict"))
                .toList();
        return new ApiError(failure(409, "Conflict", FieldConflict.summary(conflicts))
                .withNewDetails()
                .withCauses(causes)
                .endDetails()
                .build());
    }

    static ApiError namespaceTerminating(String resource, String name, String namespace) {
        String message =
                "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                        .formatted(resource, name, namespace);
        return new ApiError(failure(403, "Forbidden", message)
                .withNewDetails()
                .withName(name)
                .withKind(resource)
                .withCauses(new StatusCause(
                        "metadata.namespace",
                        "namespace %s is being terminated".formatted(namespace),
                        "NamespaceTerminating"))
                .endDetails()
                .build());
    }

    static ApiError badRequest(String message) {
        return new ApiError(failure(400, "BadRequest", message).build());
    }

    static ApiError noSuchPath() {
        return new ApiError(failure(404, "NotFound", "404 page not found").build());
    }

    static ApiError unsupportedMediaType(String contentType) {
        String message = "the body of the request was in an unknown format: " + contentType;
        return new ApiError(failure(415, "UnsupportedMediaType", message).build());
    }

    static ApiError methodNotAllowed() {
        return new ApiError(
                failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
                        .build());
    }

    static ApiError expired(long revision) {
        return new ApiError(
                failure(410, "Expired", "too old resource version: " + revision).build());
    }

    static ApiError internal(RuntimeException defect) {
        return new ApiError(
                failure(500, "InternalError", String.valueOf(defect)).build());
    }

    private static ApiError about(ResourcePath at, int code, String reason, String message) {
        return new ApiError(failure(code, reason, message)
                .withNewDetails()
                .withName(at.name())
                .withGroup(at.type().group())
                .withKind(at.type().plural())
                .endDetails()
                .build());
    }

    private static StatusBuilder failure(int code, String reason, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withReason(reason)
                .withMessage(message);
    }
}
