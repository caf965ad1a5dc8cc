package dev.irsa.integration.machine;

import static dev.irsa.integration.machine.ProxiedIam.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** How IAM answers about roles that it does not know, or not yet. */
class FaultProxyRolesTest {
    private final ProxiedIam iam = new ProxiedIam();

    FaultProxyRolesTest() throws IOException {}

    @AfterEach
    void stop() {
        iam.close();
    }

    @Test
    void deniesWritesToAbsentRoles() {
        iam.proxy.faults().denyWritesToAbsentRoles();

        assertThat(failure(() -> iam.attach("a")).awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThatThrownBy(() -> iam.get("a")).isInstanceOf(NoSuchEntityException.class);
        iam.create("a");
        iam.attach("a");
        assertThat(iam.proxy.calls().count("iam:GetRole"))
                .as("the proxy's own is not counted")
                .isOne();
    }

    @Test
    void hidesNewRolesForSomeCalls() {
        iam.create("old");
        iam.proxy.faults().forgetFreshRoles(2);
        iam.create("a");

        iam.get("old");
        assertThatThrownBy(() -> iam.get("a")).isInstanceOf(NoSuchEntityException.class);
        assertThatThrownBy(() -> iam.attach("a")).isInstanceOf(NoSuchEntityException.class);
        iam.get("a");
    }

    @Test
    void deniesNewRolesForSomeCalls() {
        iam.proxy.faults().denyFreshRoles(1);
        iam.create("a");

        assertThat(failure(() -> iam.attach("a")).statusCode()).isEqualTo(403);
        iam.attach("a");
    }
}
