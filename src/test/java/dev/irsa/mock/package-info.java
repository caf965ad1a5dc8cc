/**
 * An API server in this process: Kubernetes as far as the operator uses it, behind fabric8's {@code
 * kubernetes-server-mock}. {@code ApplyContract} holds it to what a real one answers.
 */
@NullMarked
package dev.irsa.mock;

import org.jspecify.annotations.NullMarked;
