/** Encodes who owns an IAM role in tags, and decides what those tags prove. */
@NullMarked
package dev.irsa.core.ownership;

import org.jspecify.annotations.NullMarked;
