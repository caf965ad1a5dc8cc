package dev.irsa.machine;

import static dev.irsa.machine.ProxiedIam.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The proxy in front of moto. */
@ExtendWith(SharedMachine.class)
class FaultProxyIT {
    private final FaultProxy proxy;
    private final IamClient iam;
    private final String role = "proxied-" + UUID.randomUUID();

    FaultProxyIT(FaultProxy proxy) {
        this.proxy = proxy;
        this.iam = OneAttempt.through(proxy, IamClient.builder());
    }

    @AfterEach
    void close() {
        iam.close();
    }

    @Test
    void passesEachServiceOn() {
        create(role);
        attach();
        try (var sts = OneAttempt.through(proxy, StsClient.builder());
                var eks = OneAttempt.through(proxy, EksClient.builder())) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
            sts.assumeRoleWithWebIdentity(request -> request.roleArn("arn:aws:iam::123456789012:role/" + role)
                    .roleSessionName("s")
                    .webIdentityToken("unsigned"));
            assertThat(eks.listClusters().clusters()).isEmpty();
        }

        assertThat(iam.listAttachedRolePolicies(request -> request.roleName(role))
                        .attachedPolicies())
                .hasSize(1);
        assertThat(proxy.calls().names())
                .containsExactly(
                        "iam:CreateRole",
                        "iam:AttachRolePolicy",
                        "sts:GetCallerIdentity",
                        "sts:AssumeRoleWithWebIdentity",
                        "eks:ListClusters",
                        "iam:ListAttachedRolePolicies");
    }

    @Test
    void deniesWritesToRolesThatMotoDoesNotKnow() {
        assertThat(failure(this::attach).awsErrorDetails().errorCode()).isEqualTo("NoSuchEntity");
        proxy.faults().denyWritesToAbsentRoles();

        assertThat(failure(this::attach).awsErrorDetails().errorCode()).isEqualTo("AccessDenied");

        create(role);
        attach();
    }

    @Test
    void standsManyCallersAtOnce() {
        try (var callers = Executors.newFixedThreadPool(16, Thread.ofVirtual().factory())) {
            IntStream.range(0, 200)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> create(role + n), callers))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        assertThat(proxy.calls().count("iam:CreateRole")).isEqualTo(200);
        assertThat(proxy.calls().peakInFlight()).isBetween(2, 16);
    }

    private void create(String name) {
        iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument("{}"));
    }

    private void attach() {
        iam.attachRolePolicy(
                request -> request.roleName(role).policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
    }
}
