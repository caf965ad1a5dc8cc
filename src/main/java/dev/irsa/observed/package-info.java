/** What was seen in IAM and in the cluster. Pure: no client, no clock. */
@NullMarked
package dev.irsa.observed;

import org.jspecify.annotations.NullMarked;
