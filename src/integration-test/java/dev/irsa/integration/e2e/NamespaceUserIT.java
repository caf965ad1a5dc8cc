package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.iam.model.EntityType;

/**
 * A user who may edit the namespaces shop and small and their IamServiceAccounts tries to exceed the entitlements. Each
 * attempt is rejected with a message, and the account does not change.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamespaceUserIT {
    private static final String USER = "developer";
    private static final String FOREIGN = "foreign";
    private static final List<String> REFUSALS =
            List.of("NotEntitled", "InvalidSpec", "RoleConflict", "ServiceAccountConflict");
    private static final String ENTITLEMENTS = """
            {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: shop}, spec: {
              namespaceSelector: {matchLabels: {team: shop}},
              allow: {
                templates: [{name: read-bucket, parameters: [{name: bucket, values: ["shop-*"]}]}],
                managedPolicies: [AmazonS3ReadOnlyAccess, "arn:aws:iam::123456789012:policy/shop/*"],
                inlineActions: ["s3:Get*", "dynamodb:*Item"],
                tags: [{key: team, values: [shop, "shop-*"]}],
                roleNames: ["shop-*"],
                rolePaths: ["/irsa/prod/shop/"],
                externalRoleARNs: ["arn:aws:iam::123456789012:role/legacy/*"]},
              require: {permissionsBoundaryARN: "arn:aws:iam::123456789012:policy/shop-boundary"},
              limits: {serviceAccountsPerRole: 3}}}
            ---
            {apiVersion: irsa.dev/v1beta1, kind: IamPolicyTemplate, metadata: {name: read-bucket}, spec: {
              parameters: [{name: bucket, pattern: ".*"}, {name: prefix, pattern: "[a-z/]*", default: ""}],
              document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:GetObject",
                Resource: "arn:{{partition}}:s3:::{{bucket}}/{{prefix}}*"}]}}}
            ---
            {apiVersion: irsa.dev/v1beta1, kind: IamPolicyTemplate, metadata: {name: everything}, spec: {
              document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}}}
            ---
            {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: small}, spec: {
              namespaceSelector: {matchLabels: {team: small}},
              allow: {managedPolicies: [AmazonS3ReadOnlyAccess]},
              limits: {rolesPerNamespace: 1}}}
            ---
            {apiVersion: irsa.dev/v1beta1, kind: IamEntitlement, metadata: {name: vault}, spec: {
              namespaceSelector: {matchLabels: {team: vault}},
              allow: {managedPolicies: ["*"], inlineActions: ["*"], roleNames: ["*"], rolePaths: ["/*"]}}}
            """;

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private Kubectl user;
    private OperatorProcess operator;
    private AppliedResource app;
    private Map<String, String> before;

    @BeforeAll
    void start(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(ControlPlaneSettings.likeEks().withUser(USER));
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        user = new Kubectl(controlPlane.kubeconfig(USER, USER));
        Kubectl admin = env.kubectl();
        admin.get("delete", "iamentitlements", "--all");
        admin.get("apply", "-f", "deploy/rbac-users.yaml");
        admin.apply(ENTITLEMENTS).orThrow();
        for (String namespace : List.of("shop", "small", "vault")) {
            admin.get("create", "namespace", namespace);
            admin.get("label", "namespace", namespace, "team=" + namespace);
        }
        for (String namespace : List.of("shop", "small")) {
            for (String role : List.of("edit", "iamserviceaccounts-edit")) {
                admin.get("-n", namespace, "create", "rolebinding", role, "--clusterrole=" + role, "--user=" + USER);
            }
        }
        env.iam()
                .createRole(request -> request.roleName(FOREIGN)
                        .path("/irsa/prod/")
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
        operator = OperatorLaunch.of(TestEnvironment.CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--consistency-window", "1s", "--log-format", "text")
                .startReady();
        app = new AppliedResource(env, "shop", "app")
                .spec(AppliedResource.ONE_POLICY)
                .awaitReady();
        new AppliedResource(env, "vault", "keys")
                .spec(AppliedResource.ONE_POLICY)
                .awaitReady();
        new AppliedResource(env, "small", "app")
                .spec(AppliedResource.ONE_POLICY)
                .awaitReady();
        before = account();
        assertThat(before).containsKeys(FOREIGN, "prod_shop_app", "prod_vault_keys", "prod_small_app");
    }

    @AfterAll
    void stop() {
        try {
            env.kubectl().get("delete", "iamsa", "--all", "--all-namespaces");
            operator.close();
            env.iam().deleteRole(request -> request.roleName(FOREIGN));
            OperatorLog.assertNoStackTrace(operator.log());
        } finally {
            controlPlane.close();
        }
    }

    static List<Attempt> attempts() {
        return Attempt.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void rejectsNewResource(Attempt attempt) {
        var applied = user.apply(TestEnvironment.resource("shop", "attempt", Serialization.asJson(attempt.spec())));
        if (applied.exitCode() == 0) {
            AppliedResource resource = new AppliedResource(env, "shop", "attempt");
            assertRefused(resource, attempt.fragments());
            resource.delete().awaitGone();
        } else {
            assertThat(applied.stderr()).contains(attempt.fragments());
        }

        assertThat(account()).isEqualTo(before);
    }

    private static void assertRefused(AppliedResource resource, List<String> fragments) {
        resource.await("has a current status")
                .until(() -> resource.get("{.metadata.generation}")
                        .equals(resource.get("{.status.conditions[?(@.type==\"Ready\")].observedGeneration}")));
        assertThat(resource.ready("reason")).as(resource.ready("message")).isIn(REFUSALS);
        assertThat(resource.ready("message")).contains(fragments);
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
    }

    @ParameterizedTest(name = "{0} of an existing resource")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attaches AdministratorAccess | {policies: {managed: [AdministratorAccess]}} |"
                        + " is not in allow.managedPolicies",
                "sets a tag | {role: {tags: {team: platform}}} | tag team=platform is not in allow.tags",
                "sets another boundary | {role: {permissionsBoundaryARN: 'arn:aws:iam::aws:policy/A'}} | required",
                "changes the audience | {token: {audience: vault.example.com}} | token.audience",
                "changes its name | {role: {name: prod_vault_keys}} | role.name is immutable",
                "changes its path | {role: {path: /irsa/other/}} | role.path is immutable",
                "changes its ServiceAccount | {serviceAccounts: [{name: default}]} |"
                        + " is missing, which has the role by default",
            })
    void rejectsChangeOfExistingResource(String title, String spec, String fragments) {
        var applied = user.apply(TestEnvironment.resource("shop", "app", spec));
        if (applied.exitCode() == 0) {
            assertRefused(app, List.of(fragments));
            user.apply(TestEnvironment.resource("shop", "app", AppliedResource.ONE_POLICY))
                    .orThrow();
            app.awaitReady();
        } else {
            assertThat(applied.stderr()).contains(fragments);
        }

        assertThat(account()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "writes the status of their own resource |"
                        + " patch iamsa app -n shop --subresource=status --type=merge -p {\"status\":{\"role\":null}}",
                "reads the resources of another namespace | get iamsa -n vault",
                "changes a resource of another namespace |"
                        + " patch iamsa keys -n vault --type=merge -p {\"spec\":{\"suspend\":true}}",
                "deletes a resource of another namespace | delete iamsa keys -n vault",
                "removes the finalizer of another team's resource |"
                        + " patch iamsa keys -n vault --type=merge -p {\"metadata\":{\"finalizers\":null}}",
                "annotates another team's ServiceAccount with their role |"
                        + " annotate sa keys -n vault eks.amazonaws.com/role-arn=x --overwrite",
                "requests a token for another team's ServiceAccount | create token keys -n vault",
                "widens their entitlement |"
                        + " patch iamentitlement shop --type=merge -p {\"spec\":{\"allow\":{\"managedPolicies\":[\"*\"]}}}",
                "deletes an entitlement | delete iamentitlement vault",
                "widens a template |"
                        + " patch iampolicytemplate read-bucket --type=merge -p {\"spec\":{\"parameters\":[]}}",
                "deletes a template | delete iampolicytemplate read-bucket",
                "writes the status of an entitlement |"
                        + " patch iamentitlement shop --subresource=status --type=merge -p {\"status\":{\"resources\":0}}",
                "labels their namespace with another team's label | label namespace shop team=vault --overwrite",
                "creates a namespace | create namespace vault-too",
                "binds a role to themselves in another namespace |"
                        + " create rolebinding mine -n vault --clusterrole=iamserviceaccounts-edit --user=developer",
                "binds a role to themselves in their own namespace |"
                        + " create rolebinding mine -n shop --clusterrole=cluster-admin --user=developer",
                "binds a role to themselves in all namespaces |"
                        + " create clusterrolebinding mine --clusterrole=iamserviceaccounts-edit --user=developer",
                "deletes the CRD | delete crd iamserviceaccounts.irsa.dev",
                "impersonates the administrator | get iamentitlements --as=admin --as-group=system:masters",
            })
    void forbidsRequest(String title, String command) {
        var answer = user.run("", List.of(command.split(" ", -1)));

        assertThat(answer.exitCode()).isNotZero();
        assertThat(answer.stderr()).containsIgnoringCase("forbidden");
        assertThat(account()).isEqualTo(before);
    }

    @Test
    void forgedFinalizerAndStatusDoNotBypassQuota() {
        user.apply(TestEnvironment.resource("small", "forged", AppliedResource.ONE_POLICY)
                                .replace(
                                        "name: forged}",
                                        "name: forged, finalizers: [" + IamServiceAccount.FINALIZER + "]}")
                        + "status: {observedGeneration: 1, roleARN: 'arn:aws:iam::123456789012:role/r', roleName: r,"
                        + " role: {name: r, id: AROA}}\n")
                .orThrow();

        AppliedResource forged = new AppliedResource(env, "small", "forged");
        assertRefused(forged, List.of("reached limits.rolesPerNamespace (1)"));
        assertThat(account()).isEqualTo(before);
        forged.delete().awaitGone();
        assertThat(account()).isEqualTo(before);
    }

    @Test
    void recreatedResourceCountsAsNewForQuota() {
        AppliedResource second = new AppliedResource(env, "small", "second");
        user.apply(TestEnvironment.resource("small", "second", AppliedResource.ONE_POLICY))
                .orThrow();
        assertRefused(second, List.of("reached limits.rolesPerNamespace (1)"));

        user.run(
                        TestEnvironment.resource("small", "app", AppliedResource.ONE_POLICY),
                        List.of("replace", "--force", "--filename=-"))
                .orThrow();

        second.awaitReady();
        assertRefused(new AppliedResource(env, "small", "app"), List.of("reached limits.rolesPerNamespace (1)"));
        assertThat(account().keySet())
                .filteredOn(name -> name.startsWith("prod_small_"))
                .containsExactly("prod_small_second");
        second.delete().awaitGone();
        new AppliedResource(env, "small", "app").awaitReady();
        assertThat(account().keySet()).isEqualTo(before.keySet());
        before = account();
    }

    /** Returns all details of every role by its name. */
    private Map<String, String> account() {
        Map<String, String> roles = new TreeMap<>();
        env.iam()
                .getAccountAuthorizationDetails(request -> request.filter(EntityType.ROLE))
                .roleDetailList()
                .forEach(role -> roles.put(role.roleName(), role.toString()));
        return roles;
    }
}
