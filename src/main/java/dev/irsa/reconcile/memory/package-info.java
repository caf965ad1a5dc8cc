/** What one process remembers of each resource, its role and its delivery between reconciles. It is lost when the process ends. */
@NullMarked
package dev.irsa.reconcile.memory;

import org.jspecify.annotations.NullMarked;
