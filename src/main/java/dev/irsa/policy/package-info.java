/** IAM policy documents as values: equal when IAM reads them alike, however they are written. */
@NullMarked
package dev.irsa.policy;

import org.jspecify.annotations.NullMarked;
