package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.fixtures.awsserver.IamServer;
import dev.irsa.fixtures.iam.InMemoryIam;
import dev.irsa.fixtures.iam.RoleRecord;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;

/** The AWS SDK for Java, the proxy, and the IAM in memory behind it. What the SDK reads from a response counts. */
final class ProxiedIam implements AutoCloseable {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},\
            "Action":"sts:AssumeRole"}]}""";

    private final InMemoryIam backend = new InMemoryIam(InstantSource.system());
    private final IamServer server = IamServer.before(backend);
    final FaultProxy proxy = FaultProxy.before(server);
    private final IamClient iam = ClientsWithoutRetries.through(proxy, IamClient.builder());

    ProxiedIam() throws IOException {}

    /** Returns the names of the roles that exist. */
    Set<String> roles() {
        return backend.roles().stream().map(RoleRecord::name).collect(Collectors.toSet());
    }

    void create(String role) {
        iam.createRole(request -> request.roleName(role).assumeRolePolicyDocument(TRUST));
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
        server.close();
    }
}
