/** Tests the Helm chart with Helm and a real API server. */
@NullMarked
package dev.irsa.integration.chart;

import org.jspecify.annotations.NullMarked;
