/** Implements {@code make upgrade-bench}, which upgrades the operator with Helm and rolls it back while users change resources. */
@NullMarked
package dev.irsa.performance.upgrade;

import org.jspecify.annotations.NullMarked;
