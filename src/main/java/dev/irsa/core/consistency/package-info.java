/** Decides which of IAM's eventually consistent answers may be trusted. */
@NullMarked
package dev.irsa.core.consistency;

import org.jspecify.annotations.NullMarked;
