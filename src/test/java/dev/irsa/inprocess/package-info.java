/** The whole operator, framework included, in one process with an API server and an IAM in memory. */
@NullMarked
package dev.irsa.inprocess;

import org.jspecify.annotations.NullMarked;
