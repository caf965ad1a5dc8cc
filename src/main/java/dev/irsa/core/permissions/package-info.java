/** Lists the AWS actions that the operator calls and builds the IAM policies that allow them. */
@NullMarked
package dev.irsa.core.permissions;

import org.jspecify.annotations.NullMarked;
