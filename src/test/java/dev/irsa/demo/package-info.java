/** {@code make demo}: the operator at work in one process, told for somebody who has never seen it. */
@NullMarked
package dev.irsa.demo;

import org.jspecify.annotations.NullMarked;
