@NullMarked
package dev.irsa.leader;

import org.jspecify.annotations.NullMarked;
