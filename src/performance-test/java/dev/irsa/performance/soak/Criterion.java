package dev.irsa.performance.soak;

/**
 * Something that must be so.
 *
 * @param what must be
 * @param found instead, or how much of it
 */
record Criterion(String what, String found, boolean holds) {
    static Criterion of(Growth growth) {
        return new Criterion("no growth of more than 10 %: " + growth.what(), growth.percent(), growth.isAllowed());
    }
}
