/** Decides whether a namespace may request what a resource asks for. */
@NullMarked
package dev.irsa.core.entitlement;

import org.jspecify.annotations.NullMarked;
