/** Defines the custom resources of group {@code irsa.dev}, version {@code v1beta1}, as records. */
@NullMarked
package dev.irsa.api.v1beta1;

import org.jspecify.annotations.NullMarked;
