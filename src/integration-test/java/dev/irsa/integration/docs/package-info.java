/** Runs the commands of the documentation and checks its English. */
@NullMarked
package dev.irsa.integration.docs;

import org.jspecify.annotations.NullMarked;
