/** What a resource asks for, as the role and the ServiceAccount it stands for. Pure: no client, no clock. */
@NullMarked
package dev.irsa.desired;

import org.jspecify.annotations.NullMarked;
