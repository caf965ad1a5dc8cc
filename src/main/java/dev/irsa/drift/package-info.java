/** The sweep: all roles at the price of a few pages, what is no longer as it was, and roles that nobody owns any more. */
@NullMarked
package dev.irsa.drift;

import org.jspecify.annotations.NullMarked;
