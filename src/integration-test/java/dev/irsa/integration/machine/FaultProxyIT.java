package dev.irsa.integration.machine;

import static dev.irsa.integration.machine.ProxiedIam.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.sts.StsClient;

/** Tests the proxy in front of moto. */
@ExtendWith(SharedMachine.class)
class FaultProxyIT {
    private final FaultProxy proxy;
    private final IamClient iam;
    private final String role = "proxied-" + UUID.randomUUID();

    FaultProxyIT(FaultProxy proxy) {
        this.proxy = proxy;
        this.iam = ClientsWithoutRetries.through(proxy, IamClient.builder());
    }

    @AfterEach
    void close() {
        iam.close();
    }

    @Test
    void forwardsEachService() {
        create(role);
        attach();
        try (var sts = ClientsWithoutRetries.through(proxy, StsClient.builder());
                var eks = ClientsWithoutRetries.through(proxy, EksClient.builder())) {
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
    void pagesAccountAuthorizationDetails() {
        var roles = IntStream.range(0, 3).mapToObj(i -> role + "-" + i).toList();
        roles.forEach(name -> {
            create(name);
            iam.putRolePolicy(
                    request -> request.roleName(name)
                            .policyName("p")
                            .policyDocument(
                                    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}"));
        });

        var pages = iam
                .getAccountAuthorizationDetailsPaginator(
                        request -> request.filter(EntityType.ROLE).maxItems(2))
                .stream()
                .map(page -> page.roleDetailList())
                .toList();

        assertThat(pages)
                .hasSizeGreaterThan(1)
                .allSatisfy(page -> assertThat(page).hasSizeBetween(1, 2));
        assertThat(pages.stream().flatMap(List::stream).filter(found -> roles.contains(found.roleName())))
                .hasSize(3)
                .allSatisfy(found -> assertThat(found.rolePolicyList())
                        .singleElement()
                        .satisfies(policy -> assertThat(policy.policyDocument()).contains("2012-10-17")));
        assertThat(proxy.calls().count("iam:GetAccountAuthorizationDetails")).isEqualTo(pages.size());
    }

    @Test
    void pagesListRolesByPath() {
        IntStream.range(0, 3)
                .forEach(i -> iam.createRole(request ->
                        request.roleName(role + "-" + i).path("/" + role + "/").assumeRolePolicyDocument("{}")));

        var pages = iam
                .listRolesPaginator(
                        request -> request.pathPrefix("/" + role + "/").maxItems(2))
                .stream()
                .map(page -> page.roles().size())
                .toList();

        assertThat(pages).containsExactly(2, 1);
    }

    @Test
    void deniesWritesToAbsentRoles() {
        assertThat(failure(this::attach).awsErrorDetails().errorCode()).isEqualTo("NoSuchEntity");
        proxy.faults().denyWritesToAbsentRoles();

        assertThat(failure(this::attach).awsErrorDetails().errorCode()).isEqualTo("AccessDenied");

        create(role);
        attach();
    }

    @Test
    void serializesConcurrentCalls() {
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
