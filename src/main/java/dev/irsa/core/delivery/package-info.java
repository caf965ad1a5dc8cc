/** Decides how pods obtain the credentials of their role: through IRSA, EKS Pod Identity, or both. */
@NullMarked
package dev.irsa.core.delivery;

import org.jspecify.annotations.NullMarked;
