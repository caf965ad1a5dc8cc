/** The custom resources of group {@code irsa.dev}, version {@code v1alpha1}, as the API server stores them. */
@NullMarked
package dev.irsa.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
