package dev.irsa.kubectl.diagnosis;

import dev.irsa.api.v1beta1.NamespaceSelector;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.FileAccess;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.diagnosis.AwsFacts.ProviderFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AgentFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts.Problem;
import dev.irsa.kubectl.diagnosis.ClusterFacts.WebhookFacts;
import dev.irsa.kubectl.diagnosis.IssuerFacts.ClusterKeys;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Worlds with one fault each. */
final class Worlds {
    private static final String SUBJECT = "system:serviceaccount:default:app";

    private final Map<String, Fault> faults = new LinkedHashMap<>();

    /**
     * A world with one fault.
     *
     * @param cause the cause that the diagnosis must find
     */
    record Fault(Cause cause, World world) {}

    /** Returns the worlds by their description. */
    static Map<String, Fault> withOneFault() {
        Worlds worlds = new Worlds();
        worlds.addAccountFaults();
        worlds.addWebhookFaults();
        worlds.addPodFaults();
        worlds.addPodIdentityFaults();
        worlds.addIssuerFaults();
        worlds.addRoleFaults();
        worlds.addBoundaryFaults();
        worlds.addTrustFaults();
        worlds.addProofFaults();
        return worlds.faults;
    }

    private void irsa(Cause cause, String description, Consumer<World> change) {
        World world = World.irsa();
        change.accept(world);
        faults.put(description, new Fault(cause, world));
    }

    private void podIdentity(Cause cause, String description, Consumer<World> change) {
        World world = World.podIdentity();
        change.accept(world);
        faults.put(description, new Fault(cause, world));
    }

    private void addAccountFaults() {
        irsa(Cause.ResourceNotReady, "the operator reports a problem", world -> {
            world.resource = Evidence.of(Optional.of(new ResourceFacts(
                    "app",
                    Optional.of(new Problem(true, "NotEntitled: no entitlement")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));
            world.annotations.clear();
            world.withoutInjection();
            world.roleArn = Optional.empty();
        });
        irsa(
                Cause.ResourceNotReady,
                "the deletion is blocked",
                world -> world.resource = Evidence.of(Optional.of(new ResourceFacts(
                        "app",
                        Optional.of(new Problem(true, "DeletionBlocked: m")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))));
        irsa(Cause.ServiceAccountMissing, "the ServiceAccount was deleted", world -> {
            world.accountExists = false;
            world.withoutInjection();
            world.roleArn = Optional.empty();
        });
        irsa(Cause.ServiceAccountHasNoRole, "no annotation", world -> {
            world.annotations.clear();
            world.withoutInjection();
            world.roleArn = Optional.empty();
        });
        irsa(Cause.ServiceAccountHasNoRole, "empty annotation", world -> {
            world.annotations.put("eks.amazonaws.com/role-arn", "");
            world.withoutInjection();
            world.roleArn = Optional.empty();
        });
        irsa(Cause.ServiceAccountHasNoRole, "credentials of another program than the agent", world -> {
            world.annotations.clear();
            world.withoutInjection();
            world.environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:8080/credentials");
            world.roleArn = Optional.empty();
        });
        irsa(Cause.ServiceAccountHasNoRole, "wrong serviceAccountName", world -> {
            world.annotations.clear();
            world.accountsWithRole = List.of("app-with-role");
            world.withoutInjection();
            world.roleArn = Optional.empty();
        });
        irsa(Cause.ServiceAccountHasNoRole, "no annotation, no cluster name, no pod", world -> {
            world.annotations.clear();
            world.association = Evidence.unreadable("no EKS cluster name is known");
            world.agent = Evidence.of(new AgentFacts(false, Evidence.of(false)));
            world.withPod = false;
            world.roleArn = Optional.empty();
        });
        irsa(Cause.RoleArnMalformed, "malformed ARN", world -> {
            world.annotations.put("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:app");
            world.environment.put("AWS_ROLE_ARN", "arn:aws:iam::111122223333:app");
            world.roleArn = Optional.of("arn:aws:iam::111122223333:app");
            world.role = Optional.of(Evidence.unreadable("the ARN is malformed"));
        });
    }

    private void addWebhookFaults() {
        irsa(Cause.WebhookMissing, "no webhook", world -> {
            world.webhook = Evidence.of(Optional.empty());
            world.withoutInjection();
        });
        irsa(Cause.WebhookMissing, "no webhook, and no pod yet", world -> {
            world.webhook = Evidence.of(Optional.empty());
            world.withPod = false;
        });
        irsa(Cause.PodSkipsWebhook, "pod has the skip label", world -> {
            world.labels.put(PodIdentityWebhook.SKIP_LABEL, "true");
            world.withoutInjection();
        });
        irsa(Cause.WebhookIgnoresPod, "namespaceSelector does not match", world -> {
            world.webhook = Evidence.of(Optional.of(new WebhookFacts(
                    "irsa-webhook",
                    "Ignore",
                    new NamespaceSelector(new TreeMap<>(Map.of("irsa", "on")), List.of()),
                    WebhookFacts.EVERYTHING)));
            world.withoutInjection();
        });
        irsa(Cause.WebhookIgnoresPod, "objectSelector does not match", world -> {
            world.webhook = Evidence.of(Optional.of(new WebhookFacts(
                    "irsa-webhook",
                    "Ignore",
                    WebhookFacts.EVERYTHING,
                    new NamespaceSelector(new TreeMap<>(Map.of("irsa", "on")), List.of()))));
            world.withoutInjection();
        });
        irsa(Cause.ContainerSkipped, "skip-containers names the container", world -> {
            world.skipped.add("main");
            world.environment.clear();
        });
        irsa(Cause.WebhookFailedOpen, "webhook did not respond", World::withoutInjection);
    }

    private void addPodFaults() {
        irsa(Cause.PodOlderThanAnnotation, "annotated after the pod was created", world -> {
            world.annotatedAt = Optional.of(World.AFTER);
            world.withoutInjection();
        });
        irsa(Cause.PodOlderThanAnnotation, "annotation changed after the pod was created", world -> {
            world.annotatedAt = Optional.of(World.AFTER);
            world.environment.put("AWS_ROLE_ARN", World.OTHER_ROLE);
        });
        irsa(Cause.PodOlderThanAnnotation, "time of the annotation is unknown", world -> {
            world.annotatedAt = Optional.empty();
            world.withoutInjection();
        });
        irsa(Cause.ContainerSetsRole, "container sets another role", world -> {
            world.environment.put("AWS_ROLE_ARN", World.OTHER_ROLE);
            world.token = Optional.of(new TokenVolume("sts.amazonaws.com", true));
        });
        irsa(Cause.ContainerSetsRole, "container sets only the role", world -> {
            world.withoutInjection();
            world.environment.put("AWS_ROLE_ARN", World.ROLE);
        });
        irsa(Cause.ContainerSetsRole, "container sets only the token file", world -> {
            world.withoutInjection();
            world.environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
        });
        irsa(
                Cause.OtherCredentialsFirst,
                "access key in the environment",
                world -> world.names.addAll(Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")));
        irsa(
                Cause.OtherCredentialsFirst,
                "access key and profile in the environment",
                world -> world.names.addAll(Set.of("AWS_ACCESS_KEY_ID", "AWS_PROFILE")));
        irsa(Cause.TokenNotReadable, "non-root without fsGroup on Kubernetes 1.18", world -> {
            world.minorVersion = 18;
            world.access = new FileAccess(true, false);
        });
    }

    private void addPodIdentityFaults() {
        podIdentity(Cause.AssociationMissing, "association was deleted", world -> {
            world.association = Evidence.of(Optional.empty());
            world.roleArn = Optional.empty();
        });
        podIdentity(
                Cause.AssociationOverridesAnnotation,
                "association wins over the annotation",
                world -> world.annotations.put("eks.amazonaws.com/role-arn", World.OTHER_ROLE));
        podIdentity(Cause.AssociationNewerThanPod, "association is newer than the pod", world -> {
            world.association = World.associated(World.ROLE, World.AFTER);
            world.environment.clear();
        });
        podIdentity(
                Cause.WebhookFailedOpen,
                "webhook did not know the association yet",
                world -> world.environment.clear());
        podIdentity(Cause.PodSkipsWebhook, "pod with an association has the skip label", world -> {
            world.labels.put(PodIdentityWebhook.SKIP_LABEL, "");
            world.environment.clear();
        });
        podIdentity(Cause.PodOnFargate, "pod runs on Fargate", world -> {
            world.labels.put(ObservedPod.FARGATE_PROFILE, "batch");
            world.agent = Evidence.of(new AgentFacts(false, Evidence.of(false)));
        });
        podIdentity(
                Cause.AgentMissing,
                "agent is not installed",
                world -> world.agent = Evidence.of(new AgentFacts(false, Evidence.of(false))));
        podIdentity(
                Cause.AgentNotOnNode,
                "agent is not ready on the node",
                world -> world.agent = Evidence.of(new AgentFacts(true, Evidence.of(false))));
        podIdentity(Cause.ProxyHidesAgent, "NO_PROXY without the agent", world -> {
            world.environment.put("HTTP_PROXY", "http://proxy:3128");
            world.environment.put("NO_PROXY", "localhost,.svc");
        });
        podIdentity(Cause.ProxyHidesAgent, "NO_PROXY with another address", world -> {
            world.environment.put("HTTP_PROXY", "http://proxy:3128");
            world.environment.put("NO_PROXY", "169.254.170.2,169.254.170.230");
        });
        podIdentity(
                Cause.TrustRefusesPodIdentity,
                "trust policy for IRSA only",
                world -> world.trust = World.irsaTrust("StringEquals", SUBJECT, "sts.amazonaws.com"));
        podIdentity(
                Cause.TrustMissesTagSession,
                "trust policy without TagSession",
                world -> world.trust = world.trust.replace(",\"sts:TagSession\"", ""));
        podIdentity(
                Cause.TrustTagsDiffer,
                "trust policy for another ServiceAccount",
                world -> world.trust = world.trust.replace("[\"app\"]", "[\"other\"]"));
        podIdentity(
                Cause.TrustTagsDiffer,
                "trust policy for another cluster",
                world -> world.trust = world.trust.replace("cluster/live", "cluster/test"));
    }

    private void addIssuerFaults() {
        irsa(Cause.IssuerNotPublic, "issuer is inside of the cluster", world -> {
            world.issuer = Evidence.of("https://kubernetes.default.svc.cluster.local");
            world.published = Evidence.unreadable("no response");
            world.provider = Evidence.of(new ProviderFacts(
                    "arn:aws:iam::111122223333:oidc-provider/kubernetes.default.svc.cluster.local",
                    Optional.empty(),
                    List.of()));
            world.role = Optional.of(Evidence.unreadable("iam:GetRole is missing"));
        });
        irsa(
                Cause.DiscoveryNotPublic,
                "discovery document is not public",
                world -> world.published = Evidence.of(new Published.Refused("HTTP status 403")));
        irsa(
                Cause.DiscoveryNotPublic,
                "discovery document of another issuer",
                world -> world.published =
                        Evidence.of(new Published.Keys("https://old.example.com", Set.of("k1", "k2"))));
        irsa(
                Cause.SigningKeyNotPublic,
                "published keys are old",
                world -> world.published = Evidence.of(new Published.Keys(World.ISSUER, Set.of("k0"))));
        irsa(
                Cause.SigningKeyNotPublic,
                "algorithm that AWS does not accept",
                world -> world.clusterKeys = Evidence.of(new ClusterKeys(Set.of(), List.of("\"new\" (EdDSA)"))));
        irsa(
                Cause.ProviderMissing,
                "no OIDC provider",
                world -> world.provider = Evidence.of(new ProviderFacts(World.PROVIDER, Optional.empty(), List.of())));
        irsa(
                Cause.ProviderMissing,
                "OIDC provider with a trailing slash",
                world -> world.provider = Evidence.of(
                        new ProviderFacts(World.PROVIDER, Optional.empty(), List.of(World.PROVIDER + "/"))));
        irsa(
                Cause.AudienceNotAccepted,
                "audience is not a client ID of the provider",
                world -> world.provider =
                        Evidence.of(new ProviderFacts(World.PROVIDER, Optional.of(Set.of("vault")), List.of())));
    }

    private void addRoleFaults() {
        irsa(
                Cause.RoleMissing,
                "role does not exist",
                world -> world.role = Optional.of(Evidence.of(Optional.empty())));
        irsa(Cause.RoleMissing, "role has another path", world -> {
            world.annotations.put("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/team/app");
            world.environment.put("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/team/app");
            world.roleArn = Optional.of("arn:aws:iam::111122223333:role/team/app");
        });
        podIdentity(
                Cause.RoleMissing,
                "role of the association does not exist",
                world -> world.role = Optional.of(Evidence.of(Optional.empty())));
        irsa(
                Cause.RoleRecreated,
                "role was made again under the same name",
                world -> world.resource = Evidence.of(Optional.of(new ResourceFacts(
                        "app", Optional.empty(), Optional.of("AROA0"), Optional.empty(), Optional.empty()))));
    }

    private void addBoundaryFaults() {
        irsa(
                Cause.BoundaryMissing,
                "permissions boundary does not exist",
                world -> world.missingBoundary = Optional.of("arn:aws:iam::111122223333:policy/typo"));
    }

    private void addTrustFaults() {
        irsa(
                Cause.TrustNamesOtherIssuer,
                "trust policy of another cluster",
                world -> world.trust = world.trust.replace("/AAAA", "/BBBB"));
        irsa(Cause.TrustNamesOtherIssuer, "trust policy for EC2 only", world -> world.trust = """
                        {"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},
                        "Action":"sts:AssumeRole"}]}""");
        irsa(
                Cause.TrustNamesOtherIssuer,
                "condition keys of another issuer",
                world -> world.trust = world.trust.replace("/AAAA:", "/BBBB:"));
        irsa(
                Cause.TrustDoesNotAllowAction,
                "trust policy allows AssumeRole only",
                world -> world.trust = world.trust.replace("AssumeRoleWithWebIdentity", "AssumeRole"));
        irsa(
                Cause.TrustWildcardIsLiteral,
                "wildcard under StringEquals",
                world -> world.trust =
                        World.irsaTrust("StringEquals", "system:serviceaccount:default:*", "sts.amazonaws.com"));
        irsa(
                Cause.TrustSubjectDiffers,
                "trust policy for another ServiceAccount under IRSA",
                world -> world.trust =
                        World.irsaTrust("StringEquals", "system:serviceaccount:default:b", "sts.amazonaws.com"));
        irsa(
                Cause.TrustSubjectDiffers,
                "pattern for another namespace",
                world -> world.trust =
                        World.irsaTrust("StringLike", "system:serviceaccount:team:*", "sts.amazonaws.com"));
        irsa(
                Cause.TrustAudienceDiffers,
                "trust policy for another audience",
                world -> world.trust = World.irsaTrust("StringEquals", SUBJECT, "vault"));
    }

    private void addProofFaults() {
        irsa(
                Cause.TokenRejected,
                "AWS cannot verify the token",
                world -> world.proof = Optional.of(new Proof.TokenRejected("InvalidIdentityToken")));
        irsa(
                Cause.RoleDenied,
                "resource control policy",
                world -> world.proof = Optional.of(new Proof.Denied("AccessDenied")));
        irsa(Cause.TrustSubjectDiffers, "trust policy for another ServiceAccount, with its proof", world -> {
            world.trust = World.irsaTrust("StringEquals", "system:serviceaccount:default:b", "sts.amazonaws.com");
            world.proof = Optional.of(new Proof.Denied("AccessDenied"));
        });
        irsa(
                Cause.ActionDenied,
                "policy does not allow the action",
                world -> world.actions.add(
                        Evidence.of(new SimulatedAction("s3:GetObject", "arn:aws:s3:::b/k", "implicitDeny", ""))));
    }
}
