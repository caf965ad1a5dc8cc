/** What Prometheus is told. */
@NullMarked
package dev.irsa.metrics;

import org.jspecify.annotations.NullMarked;
