/** Imports roles that other tools created. */
@NullMarked
package dev.irsa.kubectl.imports;

import org.jspecify.annotations.NullMarked;
