/** Recognizes the tool that created a role, by the traces that only this tool leaves. */
@NullMarked
package dev.irsa.kubectl.maker;

import org.jspecify.annotations.NullMarked;
