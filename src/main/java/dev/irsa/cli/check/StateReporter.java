package dev.irsa.cli.check;

import java.util.Optional;
import java.util.function.Consumer;

/** Reports each new state of a resource once. */
final class StateReporter {
    private final String resource;
    private final Consumer<String> progress;
    private Optional<String> last = Optional.empty();

    StateReporter(String resource, Consumer<String> progress) {
        this.resource = resource;
        this.progress = progress;
    }

    void report(ObservedResource seen) {
        Optional<String> state = seen.state();
        if (state.isPresent() && !state.equals(last)) {
            progress.accept(resource + ": " + state.get());
            last = state;
        }
    }

    /** Returns the last state; empty: no operator has reported any. */
    Optional<String> last() {
        return last;
    }
}
