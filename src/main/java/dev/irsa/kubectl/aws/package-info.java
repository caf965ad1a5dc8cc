/** Implements the AWS ports of {@code kubectl irsa}: what a diagnosis and an import read, and the two calls that change something. */
@NullMarked
package dev.irsa.kubectl.aws;

import org.jspecify.annotations.NullMarked;
