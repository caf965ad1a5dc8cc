/** The check of an installation, in one process with the operator. */
@NullMarked
package dev.irsa.check;

import org.jspecify.annotations.NullMarked;
