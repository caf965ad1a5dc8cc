/** What can go wrong, each with its reason, its message for people and the decision when to try again. */
@NullMarked
package dev.irsa.failure;

import org.jspecify.annotations.NullMarked;
