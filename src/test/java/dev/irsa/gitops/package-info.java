/** What Argo CD, Flux and Helm make of the objects. */
@NullMarked
package dev.irsa.gitops;

import org.jspecify.annotations.NullMarked;
