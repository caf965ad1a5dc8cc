/** IAM without AWS: its state, its rules and its bad days, behind the interface of the AWS SDK. */
@NullMarked
package dev.irsa.fake;

import org.jspecify.annotations.NullMarked;
