package dev.irsa.kubectl.diagnosis;

import dev.irsa.api.v1beta1.NamespaceSelector;
import dev.irsa.api.v1beta1.NamespaceSelector.LabelRequirement;
import dev.irsa.api.v1beta1.NamespaceSelector.LabelRequirement.Operator;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.ObservedPod.FileAccess;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.BoundaryFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.ProviderFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AccountFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AgentFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.WebhookFacts;
import dev.irsa.kubectl.diagnosis.IssuerFacts.ClusterKeys;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A cluster and an AWS account in which everything works, until a test changes a field. */
final class World {
    static final String ROLE = "arn:aws:iam::111122223333:role/app";
    static final String OTHER_ROLE = "arn:aws:iam::111122223333:role/other";
    static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/AAAA";
    static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AAAA";
    static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant POD_CREATED = Instant.parse("2026-02-01T00:00:00Z");
    static final Instant AFTER = Instant.parse("2026-03-01T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");

    boolean withPod = true;
    boolean hostNetwork;
    Optional<String> node = Optional.of("node-1");
    SortedMap<String, String> labels = new TreeMap<>();
    TreeSet<String> skipped = new TreeSet<>();
    Optional<TokenVolume> token = Optional.of(new TokenVolume("sts.amazonaws.com", true));
    FileAccess access = new FileAccess(false, false);
    TreeMap<String, String> environment = new TreeMap<>(Map.of(
            "AWS_ROLE_ARN",
            ROLE,
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"));
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> sources = new TreeSet<>();

    Evidence<Optional<ResourceFacts>> resource = Evidence.of(Optional.empty());
    boolean accountExists = true;
    TreeMap<String, String> annotations = new TreeMap<>(Map.of("eks.amazonaws.com/role-arn", ROLE));
    Optional<Instant> annotatedAt = Optional.of(BEFORE);
    List<String> accountsWithRole = List.of();
    Evidence<Optional<WebhookFacts>> webhook = Evidence.of(Optional.of(new WebhookFacts(
            PodIdentityWebhook.CONFIGURATION,
            "Ignore",
            WebhookFacts.EVERYTHING,
            new NamespaceSelector(
                    new TreeMap<>(),
                    List.of(new LabelRequirement(PodIdentityWebhook.SKIP_LABEL, Operator.DoesNotExist, List.of()))))));
    Evidence<SortedMap<String, String>> namespaceLabels = Evidence.of(new TreeMap<>());
    Evidence<AgentFacts> agent = Evidence.of(new AgentFacts(true, Evidence.of(true)));
    int minorVersion = 36;

    Evidence<String> issuer = Evidence.of(ISSUER);
    Evidence<ClusterKeys> clusterKeys = Evidence.of(new ClusterKeys(Set.of("k1", "k2"), List.of()));
    Evidence<Published> published = Evidence.of(new Published.Keys(ISSUER, Set.of("k1", "k2")));

    Evidence<Optional<AssociationFacts>> association = Evidence.of(Optional.empty());
    Evidence<ProviderFacts> provider =
            Evidence.of(new ProviderFacts(PROVIDER, Optional.of(Set.of("sts.amazonaws.com")), List.of()));
    Optional<String> roleArn = Optional.of(ROLE);
    String roleId = "AROA1";
    Instant roleCreated = BEFORE;
    String trust = irsaTrust("StringEquals", "system:serviceaccount:default:app", "sts.amazonaws.com");
    Optional<Evidence<Optional<RoleFacts>>> role = Optional.empty();
    Optional<BoundaryFacts> boundary = Optional.empty();
    Optional<String> missingBoundary = Optional.empty();
    Optional<Proof> proof = Optional.empty();
    List<Evidence<SimulatedAction>> actions = new ArrayList<>();

    static World irsa() {
        return new World();
    }

    static World podIdentity() {
        World world = new World();
        world.annotations.clear();
        world.environment.clear();
        world.environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials");
        world.environment.put(
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token");
        world.token = Optional.empty();
        world.association = associated(ROLE, BEFORE);
        world.trust = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},
                "Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"StringEquals":{
                "aws:RequestTag/kubernetes-namespace":"default","aws:RequestTag/kubernetes-service-account":["app"],
                "aws:RequestTag/eks-cluster-arn":"arn:aws:eks:eu-west-1:111122223333:cluster/live"}}}]}""";
        return world;
    }

    static Evidence<Optional<AssociationFacts>> associated(String role, Instant at) {
        return Evidence.of(Optional.of(
                new AssociationFacts("arn:aws:eks:eu-west-1:111122223333:podidentityassociation/live/a-1", role, at)));
    }

    static String irsaTrust(String operator, String subject, String audience) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"%s"},
                "Action":"sts:AssumeRoleWithWebIdentity","Condition":{"%s":{
                "oidc.eks.eu-west-1.amazonaws.com/id/AAAA:sub":"%s",
                "oidc.eks.eu-west-1.amazonaws.com/id/AAAA:aud":"%s"}}}]}""".formatted(PROVIDER, operator, subject, audience);
    }

    /** Removes what the webhook adds. */
    World withoutInjection() {
        token = Optional.empty();
        environment.clear();
        return this;
    }

    CredentialFacts facts() {
        TreeSet<String> all = new TreeSet<>(names);
        all.addAll(environment.keySet());
        Container container = new Container("main", environment, all, sources);
        ObservedPod pod = new ObservedPod(
                "default",
                "app-1",
                "app",
                node,
                POD_CREATED,
                true,
                hostNetwork,
                labels,
                skipped,
                token,
                access,
                List.of(container));
        return new CredentialFacts(
                NOW,
                new CredentialFacts.Subject(
                        "default",
                        "app",
                        withPod ? Optional.of(pod) : Optional.empty(),
                        withPod ? Optional.of(container) : Optional.empty()),
                new ClusterFacts(
                        resource,
                        Evidence.of(
                                accountExists
                                        ? Optional.of(new AccountFacts(annotations, annotatedAt))
                                        : Optional.empty()),
                        Evidence.of(accountsWithRole),
                        webhook,
                        namespaceLabels,
                        agent,
                        Evidence.of(minorVersion)),
                new IssuerFacts(issuer, clusterKeys, published),
                new AwsFacts(
                        association,
                        provider,
                        roleArn,
                        role.orElseGet(() -> Evidence.of(Optional.of(new RoleFacts(
                                ROLE,
                                roleId,
                                roleCreated,
                                PolicyDocument.parse(trust),
                                boundary.map(found -> found.boundary().arn()).or(() -> missingBoundary))))),
                        Evidence.of(boundary),
                        actions),
                proof);
    }
}
