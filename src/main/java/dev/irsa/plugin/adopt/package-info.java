/** Imports roles that other tools created. */
@NullMarked
package dev.irsa.plugin.adopt;

import org.jspecify.annotations.NullMarked;
