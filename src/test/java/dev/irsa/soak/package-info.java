/** Whether it stays as it is: {@code make soak-hour} keeps the operator at work, and under faults, and watches it. */
@NullMarked
package dev.irsa.soak;

import org.jspecify.annotations.NullMarked;
