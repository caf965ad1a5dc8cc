/**
 * The operator's own parts over an IAM and clusters in memory, under a clock and a scheduler that a seed drives: what
 * happens, when, and in which order, is the seed's, so that what fails once fails again.
 */
@NullMarked
package dev.irsa.simulation;

import org.jspecify.annotations.NullMarked;
