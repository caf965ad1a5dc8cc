/** Connects the commands of {@code kubectl irsa} to AWS, with the credentials of their user. */
@NullMarked
package dev.irsa.kubectl.connection;

import org.jspecify.annotations.NullMarked;
