package dev.irsa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    @Test
    void trial() throws Exception {
        Thread.ofVirtual()
                .start(() -> {
                    long begin = System.nanoTime();
                    int failed = 0;
                    long calls = 0;
                    int n = Integer.getInteger("runs", 1000);
                    for (long seed = 0; seed < n; seed++) {
                        World.Result result = World.run(Schedule.of(seed), Defect.NONE, false);
                        calls += result.calls();
                        if (result.failed()) {
                            failed++;
                            if (failed < 12) System.out.println(seed + ": " + result.violation());
                        }
                    }
                    System.out.println(failed + " failed; " + calls + " calls; " + (System.nanoTime() - begin) / 1e6 / n
                            + " ms each");
                })
                .join();
        assertThat(true).isTrue();
    }
}
