/** Interrupts journeys of resources in many ways. Only their number makes these tests too slow for {@code make test}. */
@NullMarked
package dev.irsa.integration.journeys;

import org.jspecify.annotations.NullMarked;
