package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who owns fields: one manager has separate entries for what it applies and what it updates, and for each subresource.
 *
 * @param manager its name
 * @param operation Apply or Update
 * @param apiVersion the version it wrote
 * @param subresource empty for the object itself
 */
record FieldOwner(String manager, String operation, String apiVersion, String subresource) {
    static final String APPLY = "Apply";
    static final String UPDATE = "Update";

    static FieldOwner applying(String manager, ResourcePath at) {
        return new FieldOwner(manager, APPLY, at.type().apiVersion(), at.subresource());
    }

    static FieldOwner updating(String manager, ResourcePath at) {
        return new FieldOwner(manager, UPDATE, at.type().apiVersion(), at.subresource());
    }

    static FieldOwner of(JsonNode entry) {
        return new FieldOwner(
                entry.path("manager").asText(),
                entry.path("operation").asText(),
                entry.path("apiVersion").asText(),
                entry.path("subresource").asText());
    }

    /** As messages about conflicts name it. */
    String inConflicts() {
        String with = subresource.isEmpty() ? "" : " with subresource \"%s\"".formatted(subresource);
        String using = operation.equals(UPDATE) ? " using " + apiVersion : "";
        return "\"%s\"%s%s".formatted(manager, with, using);
    }
}
