/** What is shipped for those who watch the operator. */
@NullMarked
package dev.irsa.monitoring;

import org.jspecify.annotations.NullMarked;
