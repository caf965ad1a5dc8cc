/** Decides why a pod does not get the credentials of its role. */
@NullMarked
package dev.irsa.core.diagnosis;

import org.jspecify.annotations.NullMarked;
