/** The operator as a program: reads its configuration, wires its parts and starts them. */
@NullMarked
package dev.irsa;

import org.jspecify.annotations.NullMarked;
