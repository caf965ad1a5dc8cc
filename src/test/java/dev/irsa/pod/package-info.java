/** A pod that uses its role: what it is given in the cluster, and who in AWS takes that for what. */
@NullMarked
package dev.irsa.pod;

import org.jspecify.annotations.NullMarked;
