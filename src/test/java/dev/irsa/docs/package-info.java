/** Checks that the documentation matches the code: commands, links, names and samples. */
@NullMarked
package dev.irsa.docs;

import org.jspecify.annotations.NullMarked;
