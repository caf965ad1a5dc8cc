/** Tests the operator's IAM policy with an independent policy evaluator. */
@NullMarked
package dev.irsa.integration.permissions;

import org.jspecify.annotations.NullMarked;
