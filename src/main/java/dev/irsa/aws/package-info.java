/** The edge to AWS: reads IAM, applies one change, and turns every refusal into a failure. */
@NullMarked
package dev.irsa.aws;

import org.jspecify.annotations.NullMarked;
