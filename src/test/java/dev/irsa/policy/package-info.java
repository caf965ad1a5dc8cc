/** Tests of dev.irsa.policy. */
@NullMarked
package dev.irsa.policy;

import org.jspecify.annotations.NullMarked;
