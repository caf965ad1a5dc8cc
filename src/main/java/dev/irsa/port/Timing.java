package dev.irsa.port;

import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The clocks of the process, and its source of randomness.
 *
 * @param clock measures elapsed time; it is never set
 * @param timeOfDay the time that users read in a status
 * @param random spreads retries and sweeps; each part of the operator asks for one generator
 */
public record Timing(InstantSource clock, InstantSource timeOfDay, Supplier<RandomGenerator> random) {}
