/** What the documents claim and can be checked without a cluster. */
@NullMarked
package dev.irsa.docs;

import org.jspecify.annotations.NullMarked;
