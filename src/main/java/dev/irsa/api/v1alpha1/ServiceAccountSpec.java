package dev.irsa.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/**
 * The ServiceAccount that may assume the role.
 *
 * @param name its name; absent: that of the resource
 * @param management who makes and annotates it
 */
public record ServiceAccountSpec(@Nullable String name, Management management) {}
