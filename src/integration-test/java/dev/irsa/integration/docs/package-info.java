/** Runs the commands of the documentation. */
@NullMarked
package dev.irsa.integration.docs;

import org.jspecify.annotations.NullMarked;
