/** Implements {@code irsa-operator check}, which verifies an installation with a test resource. */
@NullMarked
package dev.irsa.cli.check;

import org.jspecify.annotations.NullMarked;
