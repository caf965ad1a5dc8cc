/** Models IAM policy documents as values that are equal when IAM treats them as equal. */
@NullMarked
package dev.irsa.core.policy;

import org.jspecify.annotations.NullMarked;
