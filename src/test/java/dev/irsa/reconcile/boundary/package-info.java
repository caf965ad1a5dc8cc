@NullMarked
package dev.irsa.reconcile.boundary;

import org.jspecify.annotations.NullMarked;
