/** Evaluates whether a trust policy admits a request to assume its role. */
@NullMarked
package dev.irsa.core.trust;

import org.jspecify.annotations.NullMarked;
