/** Generates the CRD manifests from the custom resource classes at build time. */
@NullMarked
package dev.irsa.api;

import org.jspecify.annotations.NullMarked;
