/** Collects what {@code kubectl irsa doctor} diagnoses, and formats the result. */
@NullMarked
package dev.irsa.kubectl.doctor;

import org.jspecify.annotations.NullMarked;
