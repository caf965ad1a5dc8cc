/** The ports of the reconcile: what it asks of the cloud and of the cluster, and the one gate all calls pass. */
@NullMarked
package dev.irsa.port;

import org.jspecify.annotations.NullMarked;
