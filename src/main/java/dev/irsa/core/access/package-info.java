/** What the policies of a role allow: the answers of {@code kubectl irsa who-can}. */
@NullMarked
package dev.irsa.core.access;

import org.jspecify.annotations.NullMarked;
