/** The real programs that integration tests run against, each a process of this machine on a free port. */
@NullMarked
package dev.irsa.machine;

import org.jspecify.annotations.NullMarked;
