/** The Helm chart, by the programs that its users have. */
@NullMarked
package dev.irsa.chart;

import org.jspecify.annotations.NullMarked;
