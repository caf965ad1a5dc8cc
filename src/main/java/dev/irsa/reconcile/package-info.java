/** Reconciles one IamServiceAccount over the ports, without a framework. */
@NullMarked
package dev.irsa.reconcile;

import org.jspecify.annotations.NullMarked;
