/** The reconcile: desired, observed, plan, apply, status. The core knows three ports and no framework. */
@NullMarked
package dev.irsa.reconcile;

import org.jspecify.annotations.NullMarked;
