/** Tests what Argo CD and kstatus derive from the status. */
@NullMarked
package dev.irsa.integration.gitops;

import org.jspecify.annotations.NullMarked;
