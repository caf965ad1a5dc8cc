/** Declares the flags of each command, and parses them and their environment variables into one validated record. */
@NullMarked
package dev.irsa.config;

import org.jspecify.annotations.NullMarked;
