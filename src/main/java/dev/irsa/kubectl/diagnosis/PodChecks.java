package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AccountFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks the pod and its container. */
final class PodChecks {
    private static final String ROLE = PodIdentityWebhook.ROLE_ARN;
    private static final String TOKEN_FILE = PodIdentityWebhook.TOKEN_FILE;
    private static final List<String> EARLIER_CREDENTIALS =
            List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

    private static final String PROFILE = "AWS_PROFILE";

    /** Since this version, a token is readable for the user of its container. Source: Kubernetes KEP 2451. */
    private static final int READABLE_TOKENS = 19;

    private PodChecks() {}

    /** Returns whether the webhook changed the pod. */
    static boolean isInjected(CredentialFacts facts) {
        boolean token = facts.pod()
                .flatMap(ObservedPod::token)
                .map(TokenVolume::injected)
                .orElse(false);
        return token || facts.hasContainerCredentials();
    }

    /** Returns whether the pod needs no webhook, because it mounts a token and names a role. */
    static boolean configuresIrsaItself(CredentialFacts facts) {
        boolean token = facts.pod()
                .flatMap(ObservedPod::token)
                .map(volume -> !volume.injected())
                .orElse(false);
        return token && sets(facts, ROLE) && sets(facts, TOKEN_FILE);
    }

    private static boolean sets(CredentialFacts facts, String variable) {
        return facts.container().map(main -> main.names().contains(variable)).orElse(false);
    }

    static Result containerSetsRole(CredentialFacts facts, Container examined) {
        boolean role = sets(facts, ROLE);
        boolean file = sets(facts, TOKEN_FILE);
        String container = "container " + examined.name();
        if (role != file) {
            return Result.failed(
                    container + " sets " + (role ? ROLE : TOKEN_FILE) + " itself, so that the webhook adds neither "
                            + ROLE + " nor " + TOKEN_FILE,
                    "remove the variable from the pod's template");
        }
        Optional<String> value = facts.environmentRole();
        if (role && value.isEmpty()) {
            return Result.warning(
                    container + " sets " + ROLE + " from a ConfigMap or a Secret, which is not read",
                    "compare it with the annotation, or remove the variable");
        }
        return facts.annotatedRole()
                .filter(annotated -> role && !value.get().equals(annotated) && isSetByTheUser(facts))
                .map(annotated -> Result.failed(
                        container + " sets " + ROLE + " to " + value.get() + ", but the annotation is " + annotated,
                        "remove the variable from the pod's template"))
                .orElseGet(() -> Result.ok(role ? ROLE + " is " + value.get() : "it sets no role itself"));
    }

    /** A value of the webhook differs from the annotation only if the annotation changed after the pod was created. */
    private static boolean isSetByTheUser(CredentialFacts facts) {
        return !isInjected(facts) || !mayBeOlderThanAnnotation(facts);
    }

    private static boolean mayBeOlderThanAnnotation(CredentialFacts facts) {
        Optional<Instant> annotated = facts.account().flatMap(AccountFacts::annotatedAt);
        Instant created = facts.pod().orElseThrow().createdAt();
        return annotated.map(at -> at.isAfter(created)).orElse(true);
    }

    static Result podIsOlderThanAnnotation(CredentialFacts facts) {
        if (facts.pod().isEmpty() || facts.annotatedRole().isEmpty()) {
            return Result.notApplicable();
        }
        String annotated = facts.annotatedRole().get();
        Optional<String> value = facts.environmentRole();
        String pod = "pod created at " + facts.pod().get().createdAt();
        String times = facts.account()
                .flatMap(AccountFacts::annotatedAt)
                .map(at -> pod + ", ServiceAccount annotated at " + at)
                .orElse(pod + ", the API server did not record when the ServiceAccount was annotated");
        if (!sets(facts, ROLE)) {
            return mayBeOlderThanAnnotation(facts)
                    ? Result.failed("the pod has no " + ROLE + "; " + times, restartOrReadLog(facts))
                    : Result.ok(times);
        }
        boolean differs = value.map(current -> !current.equals(annotated)).orElse(false);
        return differs && isInjected(facts)
                ? Result.failed(
                        "the pod has the role " + value.get() + ", the annotation names " + annotated + "; " + times,
                        facts.restart())
                : Result.ok(times);
    }

    static Result webhookFailedOpen(CredentialFacts facts) {
        if (facts.container().isEmpty()) {
            return Result.notApplicable();
        }
        if (facts.hasContainerCredentials()) {
            return Result.ok("the container has " + PodIdentityWebhook.CREDENTIALS_URI);
        }
        if (sets(facts, ROLE) && sets(facts, TOKEN_FILE)) {
            return Result.ok("the container has " + ROLE + " and " + TOKEN_FILE);
        }
        if (facts.annotatedRole().isEmpty() && facts.association().isEmpty()) {
            return facts.cluster().account().check(_ -> Result.notApplicable());
        }
        String policy = facts.cluster()
                .webhook()
                .known()
                .flatMap(found -> found)
                .map(webhook -> " (its failurePolicy is " + webhook.failurePolicy() + ")")
                .orElse("");
        return Result.failed(
                "the webhook did not change the pod, although it should have" + policy
                        + "; it did not respond, or did not know the ServiceAccount's role yet",
                restartOrReadLog(facts));
    }

    private static String restartOrReadLog(CredentialFacts facts) {
        return facts.restart() + "; if that does not help, look at the log of the webhook";
    }

    static Result otherCredentialsComeFirst(Container container) {
        List<String> set = EARLIER_CREDENTIALS.stream()
                .filter(name -> container.names().contains(name))
                .toList();
        if (!set.isEmpty()) {
            return Result.failed(
                    "container " + container.name() + " sets " + String.join(", ", set)
                            + ", which AWS SDKs use before the credentials of the role",
                    "remove the variables from the pod's template");
        }
        if (container.names().contains(PROFILE)) {
            return Result.warning(
                    "container " + container.name() + " sets " + PROFILE
                            + ", so that AWS SDKs use the credentials of that profile",
                    "verify that the profile uses the role of the ServiceAccount, or remove the variable");
        }
        return container.sources().isEmpty()
                ? Result.ok("no access key and no profile in its environment")
                : Result.warning(
                        "container " + container.name() + " takes all variables of "
                                + String.join(", ", container.sources()) + ", which are not read",
                        "verify that they contain none of " + String.join(", ", EARLIER_CREDENTIALS));
    }

    static Result tokenIsNotReadable(CredentialFacts facts, ObservedPod pod) {
        if (!pod.fileAccess().runAsNonRoot() || pod.fileAccess().fsGroup()) {
            return Result.ok("it runs as root, or the pod has an fsGroup");
        }
        return facts.cluster()
                .minorVersion()
                .check(minor -> minor >= READABLE_TOKENS
                        ? Result.ok("Kubernetes 1." + minor)
                        : Result.failed(
                                "a container runs as a user other than root, the pod has no fsGroup, and Kubernetes 1."
                                        + minor + " makes tokens readable for root only",
                                "set spec.securityContext.fsGroup, or upgrade Kubernetes"));
    }

    /** Only matters if the pod has no other credentials, because it does not fail but uses those of its node. */
    static Result nodeCredentialsAreReachable(ObservedPod pod) {
        return pod.hostNetwork()
                ? Result.warning(
                        "hostNetwork is true; without other credentials, the pod uses those of its node",
                        "verify with: aws sts get-caller-identity, in the pod")
                : Result.ok("hostNetwork is false");
    }
}
