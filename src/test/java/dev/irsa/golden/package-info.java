/** Golden cases: a resource and what is there now in, the trust policy and the plan out. */
@NullMarked
package dev.irsa.golden;

import org.jspecify.annotations.NullMarked;
