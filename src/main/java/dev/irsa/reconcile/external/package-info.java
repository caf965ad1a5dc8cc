/** Resources that use a role that others manage. */
@NullMarked
package dev.irsa.reconcile.external;

import org.jspecify.annotations.NullMarked;
