/** Computes the report of who can use which roles, compares two reports, and formats them as a page, as JSON, and as CSV. */
@NullMarked
package dev.irsa.kubectl.report;

import org.jspecify.annotations.NullMarked;
