/** Tests of the operator's own rights, with an evaluator of policies that is not ours. */
@NullMarked
package dev.irsa.permissions;

import org.jspecify.annotations.NullMarked;
