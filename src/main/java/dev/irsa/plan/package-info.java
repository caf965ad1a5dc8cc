/** The difference between desired and observed, as a list of changes in the order that keeps access. Pure. */
@NullMarked
package dev.irsa.plan;

import org.jspecify.annotations.NullMarked;
