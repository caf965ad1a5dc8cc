/** What the kubelet asks: is it alive, is it ready. */
@NullMarked
package dev.irsa.health;

import org.jspecify.annotations.NullMarked;
