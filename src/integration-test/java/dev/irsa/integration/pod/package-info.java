/** Tests how a pod obtains credentials for its role. */
@NullMarked
package dev.irsa.integration.pod;

import org.jspecify.annotations.NullMarked;
