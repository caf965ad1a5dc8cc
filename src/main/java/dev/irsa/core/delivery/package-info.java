/** Decides how pods obtain the credentials of their role: today by the IRSA annotation. */
@NullMarked
package dev.irsa.core.delivery;

import org.jspecify.annotations.NullMarked;
