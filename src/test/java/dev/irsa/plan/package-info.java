/** Tests of dev.irsa.plan. */
@NullMarked
package dev.irsa.plan;

import org.jspecify.annotations.NullMarked;
