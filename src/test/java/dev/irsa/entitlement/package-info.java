@NullMarked
package dev.irsa.entitlement;

import org.jspecify.annotations.NullMarked;
