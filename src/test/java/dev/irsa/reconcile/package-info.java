@NullMarked
package dev.irsa.reconcile;

import org.jspecify.annotations.NullMarked;
