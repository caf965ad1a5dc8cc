/** What the operator itself may do in AWS: the actions it needs, and the policies that grant them and no more. */
@NullMarked
package dev.irsa.permissions;

import org.jspecify.annotations.NullMarked;
