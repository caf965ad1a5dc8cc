/** Models roles and ServiceAccounts as they were observed. */
@NullMarked
package dev.irsa.core.observed;

import org.jspecify.annotations.NullMarked;
