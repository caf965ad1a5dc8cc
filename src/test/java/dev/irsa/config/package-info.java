/** Tests of dev.irsa.config. */
@NullMarked
package dev.irsa.config;

import org.jspecify.annotations.NullMarked;
