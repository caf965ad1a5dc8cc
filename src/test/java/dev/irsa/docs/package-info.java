/** What the documents claim and show: the commands of each page, who runs them, and what can be checked without a cluster. */
@NullMarked
package dev.irsa.docs;

import org.jspecify.annotations.NullMarked;
