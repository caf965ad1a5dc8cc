package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;

/** The SDK for Java, the proxy, and a tiny IAM behind it. What the SDK makes of an answer is what counts. */
final class ProxiedIam implements AutoCloseable {
    private final TinyIam backend = new TinyIam();
    final FaultProxy proxy = FaultProxy.before(backend.uri());
    private final IamClient iam = OneAttempt.through(proxy, IamClient.builder());

    ProxiedIam() throws IOException {}

    /** The roles that were really made. */
    Set<String> roles() {
        return backend.roles;
    }

    void create(String role) {
        iam.createRole(request -> request.roleName(role).assumeRolePolicyDocument("{}"));
    }

    void attach(String role) {
        iam.attachRolePolicy(request -> request.roleName(role).policyArn("arn:aws:iam::aws:policy/A"));
    }

    void get(String role) {
        assertThat(iam.getRole(request -> request.roleName(role)).role().roleName())
                .isEqualTo(role);
    }

    static AwsServiceException failure(ThrowingCallable call) {
        return catchThrowableOfType(AwsServiceException.class, call);
    }

    @Override
    public void close() {
        iam.close();
        proxy.close();
        backend.close();
    }
}
