package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A policy that lives in the role.
 *
 * @param name unique within the role
 * @param document an IAM policy document
 */
public record InlinePolicy(String name, ObjectNode document) {}
