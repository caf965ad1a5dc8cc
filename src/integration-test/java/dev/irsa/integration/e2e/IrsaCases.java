package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.HandmadeAccount.AUDIENCE;
import static dev.irsa.integration.e2e.HandmadeAccount.ISSUER;
import static dev.irsa.integration.e2e.TrustPolicy.irsa;

import dev.irsa.integration.machine.OidcProvider;
import dev.irsa.integration.pod.PodIdentityWebhookServer;
import dev.irsa.kubectl.diagnosis.Cause;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What keeps a pod from getting its credentials through IRSA, although the webhook works. */
record IrsaCases(TestEnvironment env) {
    private static final String OTHER = "vault.example.com";
    private static final String ANOTHER_ROLE = "arn:aws:iam::123456789012:role/another";
    private static final String PROVIDER = "arn:aws:iam::123456789012:oidc-provider/" + ISSUER;

    List<DoctorCase> all() {
        return List.of(
                DoctorCase.of(
                        Cause.ServiceAccountMissing,
                        "ServiceAccount deleted after the pod was created",
                        this::deletedAccount),
                DoctorCase.of(Cause.ServiceAccountHasNoRole, "no annotation", () -> pod(HandmadeAccount.in(env))),
                DoctorCase.of(Cause.RoleArnMalformed, "ARN without role/", this::malformedArn),
                DoctorCase.of(Cause.PodOlderThanAnnotation, "annotation added after the pod", this::annotatedLater),
                DoctorCase.of(Cause.PodOlderThanAnnotation, "annotation changed after the pod", this::changedLater),
                withPod(
                        Cause.PodSkipsWebhook,
                        "label",
                        account -> account.podWithLabel("eks.amazonaws.com/skip-pod-identity-webhook", "true")),
                DoctorCase.of(Cause.WebhookIgnoresPod, "namespaceSelector", this::ignoredNamespace),
                withPod(Cause.ContainerSkipped, "annotation skip-containers", IrsaCases::skippedContainer),
                withPod(
                        Cause.ContainerSetsRole,
                        "AWS_ROLE_ARN in the template",
                        account -> account.podWithVariable("AWS_ROLE_ARN", ANOTHER_ROLE)),
                withPod(
                        Cause.OtherCredentialsFirst,
                        "AWS_ACCESS_KEY_ID",
                        account -> account.podWithVariable("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")),
                DoctorCase.of(Cause.ProviderMissing, "provider deleted", this::deletedProvider)
                        .then(() -> OidcProvider.ensure(env.iam(), "https://" + ISSUER)),
                DoctorCase.of(
                        Cause.AudienceNotAccepted,
                        "audience in the annotation and the trust policy",
                        this::otherAudience),
                withTrust(
                        Cause.TrustNamesOtherIssuer,
                        "role of another cluster",
                        subject -> irsa(ISSUER + "D", "StringEquals", subject, AUDIENCE)),
                withTrust(
                        Cause.TrustSubjectDiffers,
                        "another ServiceAccount",
                        subject -> irsa(ISSUER, "StringEquals", subject + "-api", AUDIENCE)),
                withTrust(
                        Cause.TrustWildcardIsLiteral,
                        "* under StringEquals",
                        subject -> irsa(ISSUER, "StringEquals", subject.replace(HandmadeAccount.NAME, "*"), AUDIENCE)),
                withTrust(
                        Cause.TrustAudienceDiffers,
                        "another audience",
                        subject -> irsa(ISSUER, "StringLike", subject, OTHER)));
    }

    private DoctorCase withPod(Cause cause, String name, Consumer<HandmadeAccount> start) {
        return DoctorCase.of(cause, name, () -> {
            HandmadeAccount account = HandmadeAccount.withIrsa(env);
            start.accept(account);
            return DoctorCase.Examined.podOf(account);
        });
    }

    private DoctorCase withTrust(Cause cause, String name, UnaryOperator<String> trust) {
        return DoctorCase.of(cause, name, () -> pod(HandmadeAccount.withTrust(env, trust)));
    }

    private static DoctorCase.Examined pod(HandmadeAccount account) {
        account.pod();
        return DoctorCase.Examined.podOf(account);
    }

    private DoctorCase.Examined deletedAccount() {
        DoctorCase.Examined pod = pod(HandmadeAccount.withIrsa(env));
        env.kubectl().get("-n", pod.namespace(), "delete", "serviceaccount", HandmadeAccount.NAME);
        return pod;
    }

    private DoctorCase.Examined malformedArn() {
        return pod(HandmadeAccount.in(env).annotate("role-arn", "arn:aws:iam::123456789012:invoices"));
    }

    private DoctorCase.Examined annotatedLater() {
        return annotatedAfterPod(HandmadeAccount.in(env));
    }

    private DoctorCase.Examined changedLater() {
        return annotatedAfterPod(HandmadeAccount.in(env).annotate("role-arn", ANOTHER_ROLE));
    }

    private static DoctorCase.Examined annotatedAfterPod(HandmadeAccount account) {
        account.role(irsa(ISSUER, "StringEquals", account.subject(), AUDIENCE))
                .afterSecondOf(account.pod())
                .annotate("role-arn", account.roleArn());
        return DoctorCase.Examined.podOf(account);
    }

    private DoctorCase.Examined ignoredNamespace() {
        HandmadeAccount account = HandmadeAccount.withIrsa(env);
        env.kubectl().get("label", "namespace", account.namespace(), PodIdentityWebhookServer.IGNORED + "=true");
        return pod(account);
    }

    private static void skippedContainer(HandmadeAccount account) {
        account.pod(pod -> pod.editMetadata()
                .addToAnnotations("eks.amazonaws.com/skip-containers", "main")
                .endMetadata()
                .editSpec()
                .addToContainers(new ContainerBuilder()
                        .withName("proxy")
                        .withImage("registry.example.com/proxy")
                        .build())
                .endSpec());
    }

    private DoctorCase.Examined deletedProvider() {
        DoctorCase.Examined pod = pod(HandmadeAccount.withIrsa(env));
        env.iam().deleteOpenIDConnectProvider(request -> request.openIDConnectProviderArn(PROVIDER));
        return pod;
    }

    private DoctorCase.Examined otherAudience() {
        String audience = "unknown.example.com";
        return pod(HandmadeAccount.withTrust(env, subject -> irsa(ISSUER, "StringEquals", subject, audience))
                .annotate("audience", audience));
    }
}
