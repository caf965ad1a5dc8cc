/** Describes roles that other tools created as resources of the operator, so that it can adopt them unchanged. */
@NullMarked
package dev.irsa.kubectl.rolespec;

import org.jspecify.annotations.NullMarked;
