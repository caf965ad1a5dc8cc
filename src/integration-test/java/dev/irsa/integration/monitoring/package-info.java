/** Tests the alert rules and the dashboard with Prometheus. */
@NullMarked
package dev.irsa.integration.monitoring;

import org.jspecify.annotations.NullMarked;
