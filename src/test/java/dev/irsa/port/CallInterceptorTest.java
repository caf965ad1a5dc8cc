package dev.irsa.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.port.CallInterceptor.ExternalCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CallInterceptorTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void interceptsACallInOrder() {
        CallInterceptor both = new Noted("first").then(new Noted("second"));

        String answer = both.intercept(new ExternalCall("iam:GetRole", "a"), () -> {
            seen.add("call");
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(seen)
                .containsExactly(
                        "into first", "into second", "call", "out of second iam:GetRole", "out of first iam:GetRole");
    }

    @Test
    void passesOnWhatTheCallThrows() {
        CallInterceptor both = new Noted("first").then(new Noted("second"));
        RuntimeException thrown = new IllegalStateException("broken");

        assertThatThrownBy(() -> both.intercept(new ExternalCall("iam:GetRole", "a"), (Runnable) () -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(seen).endsWith("out of second iam:GetRole", "out of first iam:GetRole");
    }

    private final class Noted implements CallInterceptor {
        private final String name;

        Noted(String name) {
            this.name = name;
        }

        @Override
        public <T> T intercept(ExternalCall call, Supplier<T> work) {
            seen.add("into " + name);
            try {
                return work.get();
            } finally {
                seen.add("out of " + name + " " + call.action());
            }
        }
    }
}
