package dev.irsa.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void tellsTheWholeStory() throws Exception {
        var told = new ByteArrayOutputStream();
        try (Laptop laptop = Laptop.start(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
            Demo.tell(laptop, new PrintStream(told, true, StandardCharsets.UTF_8));
        }
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("invoices   True    Ready")
                .contains("system:serviceaccount:payments:invoices")
                .contains("eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/irsa/laptop/")
                .contains("DriftRepaired: set the trust policy")
                .contains("Version is missing")
                .contains("Left in IAM: 0 roles");
    }
}
