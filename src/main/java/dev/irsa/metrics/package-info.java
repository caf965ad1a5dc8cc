/** Records the operator's Prometheus metrics. */
@NullMarked
package dev.irsa.metrics;

import org.jspecify.annotations.NullMarked;
