/** One reconcile of one resource: what it is asked to do, and what its steps made of it. */
@NullMarked
package dev.irsa.reconcile.run;

import org.jspecify.annotations.NullMarked;
