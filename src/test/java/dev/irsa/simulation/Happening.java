package dev.irsa.simulation;

import java.time.Duration;

/**
 * When something happens: so many points after what happened before, or, when nothing is left to do, after so much time.
 * Each call to the outside passes two points: one before it takes effect and one before its answer is heard.
 */
record Happening(int points, Duration time, Act act) {}
