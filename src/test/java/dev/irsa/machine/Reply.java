package dev.irsa.machine;

import java.util.List;
import java.util.Map;

/** What a caller of AWS gets back. */
sealed interface Reply {
    /** An HTTP answer. */
    record Answer(int status, Map<String, List<String>> headers, String body) implements Reply {
        static Answer of(int status, String contentType, String body) {
            return new Answer(status, Map.of("Content-Type", List.of(contentType)), body);
        }

        /** Whether the call did what it was asked to. */
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /** The connection is closed without a byte of an answer. */
    record Cut() implements Reply {}
}
