package dev.irsa.performance.soak;

/**
 * A condition that must hold.
 *
 * @param what must hold
 * @param found the observed value
 */
record Criterion(String what, String found, boolean holds) {
    static Criterion of(Growth growth) {
        return new Criterion("no growth of more than 10 %: " + growth.what(), growth.percent(), growth.isAllowed());
    }
}
