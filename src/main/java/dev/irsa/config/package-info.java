/** The configuration of the program, read once, with every mistake named. */
@NullMarked
package dev.irsa.config;

import org.jspecify.annotations.NullMarked;
