/** Decides why a pod does not get the credentials of its role. Pure, like the core. */
@NullMarked
package dev.irsa.kubectl.diagnosis;

import org.jspecify.annotations.NullMarked;
