/** Implements the AWS ports: reads IAM, applies one change at a time, and classifies errors. */
@NullMarked
package dev.irsa.aws;

import org.jspecify.annotations.NullMarked;
