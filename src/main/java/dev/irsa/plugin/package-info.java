/** Answers the questions of {@code kubectl irsa}: what there is, what would change, and why a pod has no credentials. Reads only. */
@NullMarked
package dev.irsa.plugin;

import org.jspecify.annotations.NullMarked;
