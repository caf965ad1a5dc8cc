/** Imports roles that other tools created. */
@NullMarked
package dev.irsa.kubectl.adopt;

import org.jspecify.annotations.NullMarked;
