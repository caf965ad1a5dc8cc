@NullMarked
package dev.irsa.metrics;

import org.jspecify.annotations.NullMarked;
