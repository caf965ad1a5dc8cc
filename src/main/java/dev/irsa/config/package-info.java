/** Parses flags and environment variables into one validated record. */
@NullMarked
package dev.irsa.config;

import org.jspecify.annotations.NullMarked;
