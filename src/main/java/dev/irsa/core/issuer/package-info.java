/** What a cluster publishes so that AWS can verify its ServiceAccount tokens. */
@NullMarked
package dev.irsa.core.issuer;

import org.jspecify.annotations.NullMarked;
