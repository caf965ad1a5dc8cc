/** Checks policy templates and renders them into policies. */
@NullMarked
package dev.irsa.core.template;

import org.jspecify.annotations.NullMarked;
