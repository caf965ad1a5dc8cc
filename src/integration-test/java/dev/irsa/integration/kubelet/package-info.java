/** Runs the pods of a cluster as processes of this machine. */
@NullMarked
package dev.irsa.integration.kubelet;

import org.jspecify.annotations.NullMarked;
