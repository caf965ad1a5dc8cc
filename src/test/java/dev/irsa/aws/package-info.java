/** Tests of dev.irsa.aws. */
@NullMarked
package dev.irsa.aws;

import org.jspecify.annotations.NullMarked;
