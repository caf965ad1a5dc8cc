/** Collects what {@code kubectl irsa doctor} diagnoses, and formats the result. */
@NullMarked
package dev.irsa.plugin.doctor;

import org.jspecify.annotations.NullMarked;
