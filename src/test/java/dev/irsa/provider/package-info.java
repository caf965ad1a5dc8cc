/** Tests of what is said of the OIDC provider. */
@NullMarked
package dev.irsa.provider;

import org.jspecify.annotations.NullMarked;
