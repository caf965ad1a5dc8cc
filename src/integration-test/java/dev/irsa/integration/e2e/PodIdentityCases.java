package dev.irsa.integration.e2e;

import dev.irsa.kubectl.diagnosis.Cause;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What keeps a pod from getting its credentials through EKS Pod Identity, although the webhook works.
 *
 * @param associations the file that the webhook watches
 */
record PodIdentityCases(TestEnvironment env, EksCluster eks, Path associations) {
    private static final String BOTH = "\"sts:AssumeRole\", \"sts:TagSession\"";

    List<DoctorCase> all() {
        return List.of(
                DoctorCase.healthy("Pod Identity", () -> with(HandmadeAccount::pod)),
                DoctorCase.of(Cause.AssociationMissing, "association deleted after the pod was created", this::deleted),
                DoctorCase.of(Cause.AssociationOverridesAnnotation, "another role in the annotation", this::annotated),
                DoctorCase.of(
                        Cause.AssociationNewerThanPod, "association created after the pod", this::associatedLater),
                DoctorCase.of(
                        Cause.PodOnFargate,
                        "label of Fargate",
                        () -> with(account -> account.podWithLabel("eks.amazonaws.com/fargate-profile", "default"))),
                DoctorCase.of(Cause.AgentMissing, "no DaemonSet", this::withoutAgent)
                        .then(() -> PodIdentityAgent.install(env.kubectl())),
                DoctorCase.of(
                        Cause.AgentNotOnNode,
                        "no pod of the DaemonSet",
                        () -> with(account -> account.pod(pod ->
                                pod.editSpec().withNodeName("ip-10-0-0-1").endSpec()))),
                DoctorCase.of(
                        Cause.ProxyHidesAgent,
                        "HTTP_PROXY without NO_PROXY",
                        () -> with(account -> account.podWithVariable("HTTP_PROXY", "http://proxy.example.com:3128"))),
                DoctorCase.of(
                        Cause.TrustRefusesPodIdentity,
                        "trust policy of IRSA",
                        () -> trusted(HandmadeAccount.in(env)
                                .role(TrustPolicy.irsa(
                                        HandmadeAccount.ISSUER, "StringLike", "*", HandmadeAccount.AUDIENCE)))),
                DoctorCase.of(Cause.TrustMissesTagSession, "sts:AssumeRole only", () -> {
                    HandmadeAccount account = HandmadeAccount.in(env);
                    return trusted(account.role(TrustPolicy.podIdentity(account.namespace(), "\"sts:AssumeRole\"")));
                }),
                DoctorCase.of(
                        Cause.TrustTagsDiffer,
                        "tag of another namespace",
                        () -> trusted(HandmadeAccount.in(env).role(TrustPolicy.podIdentity("another", BOTH)))));
    }

    private DoctorCase.Examined with(Consumer<HandmadeAccount> start) {
        HandmadeAccount account = HandmadeAccount.withPodIdentityRole(env);
        associate(account);
        start.accept(account);
        return DoctorCase.Examined.podOf(account);
    }

    private DoctorCase.Examined trusted(HandmadeAccount account) {
        associate(account);
        account.pod();
        return DoctorCase.Examined.podOf(account);
    }

    private String associate(HandmadeAccount account) {
        String id = eks.associate(account.namespace(), HandmadeAccount.NAME, account.roleArn());
        eks.containerCredentials().write(associations);
        return id;
    }

    private DoctorCase.Examined deleted() {
        HandmadeAccount account = HandmadeAccount.withPodIdentityRole(env);
        String id = associate(account);
        account.pod();
        eks.deleteAssociation(id);
        return DoctorCase.Examined.podOf(account);
    }

    private DoctorCase.Examined annotated() {
        HandmadeAccount account =
                HandmadeAccount.withPodIdentityRole(env).annotate("role-arn", "arn:aws:iam::123456789012:role/another");
        return trusted(account);
    }

    private DoctorCase.Examined associatedLater() {
        HandmadeAccount account = HandmadeAccount.withPodIdentityRole(env);
        account.afterSecondOf(account.pod());
        associate(account);
        return DoctorCase.Examined.podOf(account);
    }

    private DoctorCase.Examined withoutAgent() {
        PodIdentityAgent.remove(env.kubectl());
        return with(HandmadeAccount::pod);
    }
}
