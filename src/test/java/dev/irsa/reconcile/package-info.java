/** Tests of dev.irsa.reconcile. */
@NullMarked
package dev.irsa.reconcile;

import org.jspecify.annotations.NullMarked;
