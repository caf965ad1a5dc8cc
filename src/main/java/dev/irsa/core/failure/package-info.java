/** Models failures: their reasons, messages, retry decisions and back-off. */
@NullMarked
package dev.irsa.core.failure;

import org.jspecify.annotations.NullMarked;
