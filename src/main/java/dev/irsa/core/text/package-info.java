/** Cleans untrusted text before it is shown to users. */
@NullMarked
package dev.irsa.core.text;

import org.jspecify.annotations.NullMarked;
