/** Finds which ServiceAccounts can use which roles, and computes and formats what {@code who-can} and {@code what-can} show. */
@NullMarked
package dev.irsa.kubectl.access;

import org.jspecify.annotations.NullMarked;
