/** Whether a namespace may have what it asks for, and if not why. Pure: no client, no clock. */
@NullMarked
package dev.irsa.entitlement;

import org.jspecify.annotations.NullMarked;
