@NullMarked
package dev.irsa.drift;

import org.jspecify.annotations.NullMarked;
