/** A node of the cluster whose pods are processes of this machine, for the operator as its own Deployment starts it. */
@NullMarked
package dev.irsa.kubelet;

import org.jspecify.annotations.NullMarked;
