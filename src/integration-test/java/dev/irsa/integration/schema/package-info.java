/** Tests the CRD validation on a real API server. */
@NullMarked
package dev.irsa.integration.schema;

import org.jspecify.annotations.NullMarked;
