package dev.irsa.cli.check;

import java.util.Optional;
import java.util.function.Consumer;

/** What an operator says of an object while it is looked at; each new thing is passed on once. */
final class StateReporter {
    private final String object;
    private final Consumer<String> progress;
    private Optional<String> last = Optional.empty();

    StateReporter(String object, Consumer<String> progress) {
        this.object = object;
        this.progress = progress;
    }

    void tell(ObservedResource seen) {
        Optional<String> state = seen.state();
        if (state.isPresent() && !state.equals(last)) {
            progress.accept(object + ": " + state.get());
            last = state;
        }
    }

    /** Empty: no operator has said anything. */
    Optional<String> last() {
        return last;
    }
}
