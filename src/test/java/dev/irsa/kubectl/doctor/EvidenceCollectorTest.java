package dev.irsa.kubectl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import dev.irsa.kubectl.diagnosis.Cause;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AccountFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.WebhookFacts;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.CredentialFacts.Subject;
import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.IssuerFacts.ClusterKeys;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;
import dev.irsa.kubectl.diagnosis.Proof;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.doctor.DoctorRequest.RequestedAction;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.kubectl.port.AwsDiagnosisReads;
import dev.irsa.kubectl.port.DiagnosisReads;
import dev.irsa.kubectl.port.WebIdentityToken;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.port.OidcProviderReads;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EvidenceCollectorTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/team/app";
    private static final String ISSUER = "https://oidc.example.com/id/A";
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/A";
    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/workloads";
    private static final PolicyDocument ALLOW_S3 = allow("s3:GetObject");
    private static final PolicyDocument ALLOW_SQS = allow("sqs:*");
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private Optional<AssociationFacts> association = Optional.empty();
    private Map<String, Set<String>> providers = Map.of(PROVIDER, Set.of("sts.amazonaws.com"));
    private String annotatedRole = ROLE;
    private boolean permitted = true;
    private String refused = "";
    private Optional<String> boundary = Optional.empty();
    private Optional<ResourceFacts> resource = Optional.empty();
    private final List<String> asked = new ArrayList<>();
    private final Set<String> readable = new HashSet<>(Set.of("111122223333"));

    @Test
    void findsNothingWrongWithAServiceAccountThatWorks() {
        CredentialFacts facts = collect(Optional.empty());

        Diagnosis diagnosis = Diagnosis.of(facts);

        assertThat(diagnosis.firstFailed()).isEmpty();
        String text = DoctorReport.of(facts, diagnosis).format(Terminal.NONE);
        assertThat(text)
                .contains("ServiceAccount team/app, delivery IRSA")
                .containsPattern("ok +Role exists +" + ROLE)
                .contains("No check failed.");
    }

    @Test
    void asksForTheRoleOfTheAssociation() {
        association = Optional.of(new AssociationFacts(
                "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/live/a-1", ROLE, CREATED));

        assertThat(collect(Optional.of("live")).aws().association()).isEqualTo(Evidence.of(association));
        assertThat(collect(Optional.empty()).aws().association().known()).isEmpty();
    }

    /** Another account may have a cluster of the same name. */
    @Test
    void asksOnlyTheAccountOfTheClusterForTheAssociation() {
        readable.clear();
        readable.add("444455556666");
        annotatedRole = ROLE.replace("111122223333", "444455556666");
        association = Optional.of(new AssociationFacts(
                "arn:aws:eks:eu-west-1:444455556666:podidentityassociation/live/a-1", ROLE, CREATED));

        CredentialFacts facts = collect(Optional.of("live"));

        assertThat(facts.aws().association()).isEqualTo(Evidence.unreadable("account 111122223333 cannot be read"));
        assertThat(facts.aws().role().known()).isPresent();
    }

    /** There, the agent does not run, and the webhook uses the annotation. */
    @Test
    void asksForTheAnnotatedRoleOnFargate() {
        association = Optional.of(new AssociationFacts(
                "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/live/a-1",
                "arn:aws:iam::111122223333:role/associated/app",
                CREATED));

        assertThat(collect(Optional.of("live"), Optional.of(pod("eks.amazonaws.com/fargate-profile")))
                        .aws()
                        .roleArn())
                .contains(ROLE);
        assertThat(collect(Optional.of("live"), Optional.of(pod("team"))).aws().roleArn())
                .contains("arn:aws:iam::111122223333:role/associated/app");
    }

    private static ObservedPod pod(String label) {
        return new ObservedPod(
                "team",
                "app-1",
                "app",
                Optional.empty(),
                CREATED,
                true,
                false,
                new TreeMap<>(Map.of(label, "batch")),
                new TreeSet<>(),
                Optional.empty(),
                new ObservedPod.FileAccess(false, false),
                List.of());
    }

    @Test
    void findsProviderInAnotherSpelling() {
        String upper = PROVIDER.replace("oidc.example", "OIDC.example");
        providers = Map.of(upper, Set.of("a"));

        assertThat(collect(Optional.empty())
                        .aws()
                        .provider()
                        .known()
                        .orElseThrow()
                        .arn())
                .isEqualTo(upper);
    }

    @Test
    void findsProviderThatIsMistakenForTheIssuer() {
        providers = Map.of(PROVIDER + "/", Set.of("a"));

        var provider = collect(Optional.empty()).aws().provider().known().orElseThrow();

        assertThat(provider.audiences()).isEmpty();
        assertThat(provider.nearMisses()).containsExactly(PROVIDER + "/");
    }

    @Test
    void reportsThatAnAnnotatedRoleIsInAnAccountThatCannotBeRead() {
        annotatedRole = "arn:aws:iam::999999999999:role/app";

        assertThat(collect(Optional.empty()).aws().role())
                .isEqualTo(Evidence.unreadable("account 999999999999 cannot be read"));
    }

    private static Optional<ResourceFacts> inAnotherAccount(String roleArn) {
        return Optional.of(new ResourceFacts(
                "app",
                Optional.empty(),
                Optional.of("AROA0"),
                Optional.of(roleArn),
                Optional.of(new RoleInOtherAccount("analytics", Optional.of(roleArn), true))));
    }

    @Test
    void reportsThatTheAccountOfTheRoleCannotBeRead() {
        annotatedRole = "arn:aws:iam::444455556666:role/app";
        resource = inAnotherAccount(annotatedRole);
        String reason = "account 444455556666 cannot be read";

        CredentialFacts facts = collect(Optional.empty());

        assertThat(facts.aws().role()).isEqualTo(Evidence.unreadable(reason));
        assertThat(facts.aws().provider()).isEqualTo(Evidence.unreadable(reason));
        assertThat(DoctorReport.of(facts, Diagnosis.of(facts)).format(Terminal.NONE))
                .containsPattern("ok +ServiceAccount has a role +annotation .*" + annotatedRole)
                .containsPattern("ok +Pod identity webhook is configured")
                .containsPattern("\\? +Role exists +\\Q" + reason)
                .containsPattern("\\? +Role is the one that the operator created +\\Q" + reason)
                .containsPattern("\\? +IAM has an OIDC provider for the issuer +\\Q" + reason)
                .contains("No check failed;");
    }

    @Test
    void readsTheRoleAndTheProviderOfAnotherAccount() {
        readable.add("444455556666");
        annotatedRole = ROLE.replace("111122223333", "444455556666");
        resource = inAnotherAccount(annotatedRole);
        String provider = PROVIDER.replace("111122223333", "444455556666");
        providers = Map.of(provider, Set.of("sts.amazonaws.com"));

        CredentialFacts facts = collect(Optional.empty());

        assertThat(facts.aws().role().known()).isPresent();
        assertThat(facts.aws().provider().known())
                .hasValueSatisfying(found -> assertThat(found.arn()).isEqualTo(provider));
        assertThat(asked).containsExactly("444455556666");
    }

    @Test
    void readsTheProviderForARoleThatDoesNotExistYet() {
        readable.add("444455556666");
        annotatedRole = "";
        resource = inAnotherAccount("arn:aws:iam::444455556666:role/app");
        String provider = PROVIDER.replace("111122223333", "444455556666");
        providers = Map.of(provider, Set.of("sts.amazonaws.com"));

        assertThat(collect(Optional.empty()).aws().provider().known())
                .hasValueSatisfying(found -> assertThat(found.arn()).isEqualTo(provider));
    }

    @Test
    void asksForNoOtherAccountWithoutARoleThere() {
        CredentialFacts facts = collect(Optional.empty());

        assertThat(facts.aws().role().known()).isPresent();
        assertThat(asked).containsOnly("111122223333");
    }

    /** The role of another tool, in the account of the user, is not the one that the operator created. */
    @Test
    void readsAnnotatedRoleThatIsNotThatOfTheResource() {
        resource = inAnotherAccount("arn:aws:iam::444455556666:role/app");

        CredentialFacts facts = collect(Optional.empty());

        assertThat(facts.aws().role().known()).isPresent();
        assertThat(Diagnosis.of(facts).findings())
                .extracting(Diagnosis.Finding::cause)
                .contains(Cause.RoleMissing)
                .doesNotContain(Cause.RoleRecreated);
    }

    private static PolicyDocument allow(String action) {
        return PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}
                """.formatted(action));
    }

    @Test
    void warnsAboutPoliciesThatTheBoundaryDoesNotAllow() {
        boundary = Optional.of(BOUNDARY);

        CredentialFacts facts = collect(Optional.empty());

        assertThat(DoctorReport.of(facts, Diagnosis.of(facts)).format(Terminal.NONE))
                .contains("Warning: Permissions boundary allows what the policies allow")
                .contains("boundary " + BOUNDARY + " does not allow \"s3:GetObject\" of policy read")
                .contains("What to do: ask your platform team to allow what you need in the boundary")
                .contains("No check failed.");
    }

    @Test
    void reportsThatTheBoundaryWasNotChecked() {
        boundary = Optional.of(BOUNDARY);
        refused = "iam:GetPolicy";

        CredentialFacts facts = collect(Optional.empty());

        assertThat(DoctorReport.of(facts, Diagnosis.of(facts)).format(Terminal.NONE))
                .containsPattern("Permissions boundary allows what the policies allow +you do not have the permission"
                        + " iam:GetPolicy");
    }

    @Test
    void namesMissingPermissions() {
        permitted = false;

        CredentialFacts facts = collect(Optional.empty());

        assertThat(facts.cluster().webhook().toString()).contains("you do not have the permission get webhooks");
        assertThat(facts.aws().role().toString()).contains("you do not have the permission iam:GetRole");
        assertThat(Diagnosis.of(facts).firstFailed()).isEmpty();
    }

    @Test
    void repeatsReasonsThatTheTerminalCuts() {
        permitted = false;
        CredentialFacts facts = collect(Optional.empty());
        DoctorReport report = DoctorReport.of(facts, Diagnosis.of(facts));

        assertThat(report.format(new Terminal(true, false, true, 80)))
                .contains("Not checked: Pod identity webhook is configured")
                .contains("\n  Why: you do not have the permission get webhooks: refused\n")
                .doesNotContain("Why: depends on");
        assertThat(report.format(Terminal.NONE)).doesNotContain("Why: ");
    }

    @Test
    void showsNoTokenOfTheProof() {
        CredentialProver prover = new CredentialProver(
                (_, _, audience) -> new WebIdentityToken("eyJ." + audience),
                Evidence.of((token, role, session) -> new Proof.Accepted(role + " " + session + " " + token)));

        CredentialFacts facts = prover.prove(collect(Optional.empty()), "me\n/");

        assertThat(facts.proof()).contains(new Proof.Accepted(ROLE + " irsa-doctor-me-- WebIdentityToken"));
        assertThat(DoctorReport.of(facts, Diagnosis.of(facts)).format(Terminal.NONE))
                .contains("AWS STS issued credentials")
                .doesNotContain("eyJ");
    }

    @Test
    void provesNothingForPodIdentity() {
        association = Optional.of(new AssociationFacts("arn", ROLE, CREATED));
        CredentialProver prover = new CredentialProver(
                (_, _, _) -> {
                    throw new AssertionError("no token is needed");
                },
                Evidence.unreadable("unused"));

        CredentialFacts facts = prover.prove(collect(Optional.of("live")), "me");

        assertThat(facts.proof().orElseThrow()).isInstanceOf(Proof.Inconclusive.class);
    }

    @Test
    void limitsSessionName() {
        assertThat(CredentialProver.sessionName("u".repeat(100))).hasSize(64);
    }

    @Test
    void parsesRequestedActions() {
        assertThat(RequestedAction.parse("s3:GetObject=arn:aws:s3:::b/k=1"))
                .contains(new RequestedAction("s3:GetObject", "arn:aws:s3:::b/k=1"));
        assertThat(RequestedAction.parse("s3:ListAllMyBuckets"))
                .contains(new RequestedAction("s3:ListAllMyBuckets", "*"));
        assertThat(RequestedAction.parse("s3")).isEmpty();
        assertThat(RequestedAction.parse("s3:Get*=x")).isEmpty();
    }

    private CredentialFacts collect(Optional<String> eksCluster) {
        return collect(eksCluster, Optional.empty());
    }

    private CredentialFacts collect(Optional<String> eksCluster, Optional<ObservedPod> pod) {
        Optional<ObservedPod.Container> container =
                pod.flatMap(found -> found.containers().stream().findFirst());
        return new EvidenceCollector(
                        new Workloads(),
                        new Cluster(),
                        _ -> Evidence.of(new Published.Keys(ISSUER, Set.of("k1"))),
                        new Accounts(),
                        InstantSource.fixed(CREATED.plusSeconds(100_000)),
                        _ -> {})
                .collect(new DoctorRequest(new Subject("team", "app", pod, container), eksCluster, List.of()));
    }

    private <T> T ifPermitted(String action, T value) {
        if (!permitted || action.equals(refused)) {
            throw new FailureException(new Failure.AccessDenied(action, "refused"));
        }
        return value;
    }

    private static final class Workloads implements WorkloadReads {
        @Override
        public List<Workload> serviceAccounts(Optional<String> namespace) {
            return List.of();
        }

        @Override
        public Optional<Workload> serviceAccount(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public List<ObservedPod> pods(Optional<String> namespace) {
            return List.of();
        }

        @Override
        public List<IamServiceAccount> resources(Optional<String> namespace) {
            return List.of();
        }
    }

    private final class Cluster implements DiagnosisReads {
        @Override
        public Optional<AccountFacts> serviceAccount(String namespace, String name) {
            return Optional.of(new AccountFacts(
                    new TreeMap<>(Map.of("eks.amazonaws.com/role-arn", annotatedRole)), Optional.of(CREATED)));
        }

        @Override
        public Optional<ResourceFacts> resource(String namespace, String serviceAccount) {
            return resource;
        }

        @Override
        public Optional<WebhookFacts> webhook() {
            return ifPermitted(
                    "get webhooks",
                    Optional.of(new WebhookFacts(
                            "pod-identity-webhook", "Ignore", WebhookFacts.EVERYTHING, WebhookFacts.EVERYTHING)));
        }

        @Override
        public SortedMap<String, String> namespaceLabels(String namespace) {
            return new TreeMap<>();
        }

        @Override
        public boolean isAgentInstalled() {
            return false;
        }

        @Override
        public boolean isAgentReady(String node) {
            return false;
        }

        @Override
        public int minorVersion() {
            return 36;
        }

        @Override
        public String issuer() {
            return ISSUER;
        }

        @Override
        public ClusterKeys signingKeys() {
            return new ClusterKeys(Set.of("k1"), List.of());
        }
    }

    private final class Accounts implements EvidenceCollector.Accounts {
        @Override
        public Evidence<EvidenceCollector.Aws> home() {
            return in("111122223333");
        }

        @Override
        public Evidence<EvidenceCollector.Aws> in(String id) {
            asked.add(id);
            return readable.contains(id)
                    ? Evidence.of(new EvidenceCollector.Aws(new Aws(id), new Providers()))
                    : Evidence.unreadable("account " + id + " cannot be read");
        }

        @Override
        public Evidence<String> id(RoleInOtherAccount role) {
            return Evidence.of("444455556666");
        }
    }

    private final class Aws implements AwsDiagnosisReads {
        private final String account;

        Aws(String account) {
            this.account = account;
        }

        @Override
        public CallerIdentity caller() {
            return CallerIdentity.of("arn:aws:iam::" + account + ":user/me");
        }

        @Override
        public Optional<RoleFacts> role(String name) {
            assertThat(name).isEqualTo("app");
            return ifPermitted(
                    "iam:GetRole",
                    Optional.of(new RoleFacts(
                            ROLE, "AROA1", CREATED, PolicyDocument.parse("""
                    {"Statement":[{"Effect":"Allow","Principal":{"Federated":"%s"},
                    "Action":"sts:AssumeRoleWithWebIdentity"}]}""".formatted(PROVIDER)), boundary)));
        }

        @Override
        public SortedMap<String, PolicyDocument> policies(String roleName) {
            assertThat(roleName).isEqualTo("app");
            return ifPermitted("iam:GetRolePolicy", new TreeMap<>(Map.of("read", ALLOW_S3)));
        }

        @Override
        public Optional<PermissionsBoundary> boundary(String arn) {
            return ifPermitted("iam:GetPolicy", Optional.of(PermissionsBoundary.of(arn, ALLOW_SQS)));
        }

        @Override
        public Optional<AssociationFacts> association(String cluster, String namespace, String serviceAccount) {
            return association;
        }

        @Override
        public SimulatedAction simulate(String roleArn, String action, String resource) {
            return new SimulatedAction(action, resource, "allowed", "");
        }
    }

    private final class Providers implements OidcProviderReads {
        @Override
        public Optional<Set<String>> audiences(String arn) {
            return Optional.ofNullable(providers.get(arn));
        }

        @Override
        public List<String> arns() {
            return List.copyOf(providers.keySet());
        }
    }
}
