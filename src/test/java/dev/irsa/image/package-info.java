/** The image: what it is trained with while it is built, what must hold of it, and what it costs. */
@NullMarked
package dev.irsa.image;

import org.jspecify.annotations.NullMarked;
