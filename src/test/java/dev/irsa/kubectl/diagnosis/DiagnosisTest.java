package dev.irsa.kubectl.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.BoundaryFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.ProviderFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AgentFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts.Problem;
import dev.irsa.kubectl.diagnosis.Diagnosis.Finding;
import dev.irsa.kubectl.diagnosis.IssuerFacts.ClusterKeys;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;
import dev.irsa.kubectl.diagnosis.Result.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    @Test
    void failsNothingThatCouldNotBeRead() {
        for (World world : List.of(World.irsa(), World.irsa().withoutInjection())) {
            CredentialFacts facts = unreadable(world.facts());

            Diagnosis diagnosis = Diagnosis.of(facts);

            assertThat(diagnosis.firstFailed()).isEmpty();
            assertThat(diagnosis.findings())
                    .extracting(Finding::cause)
                    .contains(Cause.ResourceNotReady, Cause.ServiceAccountMissing);
            assertThat(diagnosis.findings())
                    .filteredOn(finding -> finding.cause().name().startsWith("Trust")
                            || finding.cause() == Cause.ProviderMissing
                            || finding.cause() == Cause.ResourceNotReady
                            || finding.cause() == Cause.ServiceAccountMissing)
                    .allMatch(finding -> finding.result().equals(Result.notChecked("no permission")));
        }
    }

    private static CredentialFacts unreadable(CredentialFacts facts) {
        return new CredentialFacts(
                facts.now(),
                facts.subject(),
                new ClusterFacts(no(), no(), no(), no(), no(), no(), no()),
                new IssuerFacts(no(), no(), no()),
                new AwsFacts(no(), no(), Optional.of(World.ROLE), no(), no(), List.of(no())),
                Optional.empty());
    }

    private static <T> Evidence<T> no() {
        return Evidence.unreadable("no permission");
    }

    private static PolicyDocument allow(String action) {
        return PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}
                """.formatted(action));
    }

    /** The agent of EKS Pod Identity does not run there. */
    @Test
    void ignoresAssociationOfPodOnFargateThatUsesIrsa() {
        World world = World.irsa();
        world.labels.put(ObservedPod.FARGATE_PROFILE, "batch");
        world.association = World.associated(World.OTHER_ROLE, World.BEFORE);
        world.agent = Evidence.of(new AgentFacts(false, Evidence.of(false)));

        CredentialFacts facts = world.facts();

        assertThat(facts.usesPodIdentity()).isFalse();
        assertThat(Diagnosis.of(facts).firstFailed()).isEmpty();
    }

    @Test
    void findsThatPodOnFargateIsOlderThanItsAnnotation() {
        World world = World.irsa().withoutInjection();
        world.labels.put(ObservedPod.FARGATE_PROFILE, "batch");
        world.association = World.associated(World.ROLE, World.BEFORE);
        world.annotatedAt = Optional.of(World.AFTER);

        assertThat(Diagnosis.of(world.facts()).firstFailed().map(Finding::cause))
                .contains(Cause.PodOlderThanAnnotation);
    }

    @Test
    void failsNothingOfTheClusterWithoutAws() {
        World world = World.irsa();
        world.association = no();
        world.provider = no();
        world.role = Optional.of(no());

        assertThat(outcomes(world))
                .containsEntry(Cause.ServiceAccountHasNoRole, Outcome.OK)
                .containsEntry(Cause.WebhookFailedOpen, Outcome.OK)
                .containsEntry(Cause.RoleMissing, Outcome.NotChecked)
                .doesNotContainValue(Outcome.Failed);
    }

    @Test
    void cannotRuleOutAssociationOfServiceAccountWithoutPod() {
        World world = World.irsa();
        world.annotations.clear();
        world.withPod = false;
        world.association = no();
        world.roleArn = Optional.empty();

        assertThat(outcomes(world)).containsEntry(Cause.ServiceAccountHasNoRole, Outcome.NotChecked);
    }

    @Test
    void decidesNothingAboutRoleOfUnknownAssociation() {
        World world = World.podIdentity();
        world.association = no();
        world.roleArn = Optional.empty();

        assertThat(outcomes(world))
                .containsEntry(Cause.AssociationMissing, Outcome.NotChecked)
                .doesNotContainKey(Cause.TrustRefusesPodIdentity)
                .doesNotContainValue(Outcome.Failed);
    }

    @Test
    void warnsAboutWhatOnlyMayMatter() {
        World network = World.irsa();
        network.hostNetwork = true;
        assertThat(outcomes(network)).containsEntry(Cause.NodeCredentialsReachable, Outcome.Warning);

        World names = World.podIdentity();
        names.withPod = false;
        names.association = Evidence.of(Optional.of(new AssociationFacts(
                "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/" + "c".repeat(100) + "/a-1",
                World.ROLE,
                World.BEFORE)));
        assertThat(outcomes(names)).containsEntry(Cause.SessionTagsTooLarge, Outcome.Warning);

        World sources = World.irsa();
        sources.sources.add("secret/aws");
        assertThat(outcomes(sources)).containsEntry(Cause.OtherCredentialsFirst, Outcome.Warning);

        World boundary = World.irsa();
        boundary.boundary = Optional.of(new BoundaryFacts(
                PermissionsBoundary.of("arn:aws:iam::111122223333:policy/workloads", allow("sqs:*")),
                new TreeMap<>(Map.of("read", allow("s3:GetObject")))));
        assertThat(outcomes(boundary)).containsEntry(Cause.BoundaryDeniesPolicies, Outcome.Warning);
        boundary.boundary = Optional.of(new BoundaryFacts(
                PermissionsBoundary.of("arn:aws:iam::111122223333:policy/workloads", allow("s3:*")),
                new TreeMap<>(Map.of("read", allow("s3:GetObject")))));
        assertThat(outcomes(boundary)).containsEntry(Cause.BoundaryDeniesPolicies, Outcome.OK);

        World recent = World.irsa();
        recent.roleCreated = World.NOW.minusSeconds(10);
        assertThat(outcomes(recent)).containsEntry(Cause.RoleTooNew, Outcome.Warning);

        World rotated = World.irsa();
        rotated.clusterKeys = Evidence.of(new ClusterKeys(Set.of("k2", "k3"), List.of()));
        assertThat(outcomes(rotated)).containsEntry(Cause.SigningKeyNotPublic, Outcome.Warning);

        World suspended = World.irsa();
        suspended.resource = Evidence.of(Optional.of(new ResourceFacts(
                "app",
                Optional.of(new Problem(false, "Suspended: m")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
        assertThat(outcomes(suspended)).containsEntry(Cause.ResourceNotReady, Outcome.Warning);

        World profile = World.irsa();
        profile.environment.put("AWS_PROFILE", "build");
        assertThat(outcomes(profile)).containsEntry(Cause.OtherCredentialsFirst, Outcome.Warning);

        for (World world : List.of(network, sources, recent, rotated, suspended, profile)) {
            assertThat(outcomes(world)).doesNotContainValue(Outcome.Failed);
        }
    }

    @Test
    void leavesItToTheOperatorToRestoreItsRole() {
        World deleted = World.irsa();
        deleted.role = Optional.of(Evidence.of(Optional.empty()));
        World irsa = World.irsa();
        irsa.trust = World.irsaTrust("StringEquals", "system:serviceaccount:default:other", "sts.amazonaws.com");
        World podIdentity = World.podIdentity();
        podIdentity.trust = podIdentity.trust.replace("sts:TagSession", "sts:SetSourceIdentity");

        for (World world : List.of(deleted, irsa, podIdentity)) {
            assertThat(remedy(world)).doesNotContain("sweep");
            world.resource = Evidence.of(Optional.of(new ResourceFacts(
                    "cart", Optional.empty(), Optional.of("AROA1"), Optional.of(World.ROLE), Optional.empty())));
            assertThat(remedy(world))
                    .contains("do not change the role: the operator restores it with its next sweep")
                    .doesNotContain("trust policy", "create the role");
            world.resource = Evidence.of(Optional.of(new ResourceFacts(
                    "cart",
                    Optional.of(new ResourceFacts.Problem(false, "Suspended")),
                    Optional.of("AROA1"),
                    Optional.of(World.ROLE),
                    Optional.empty())));
            assertThat(remedy(world))
                    .contains("once you resolve what the condition Ready reports; see: kubectl -n default describe")
                    .doesNotContain("sweep");
        }
    }

    @Test
    void leavesItToTheOperatorToCreateItsAssociationAgain() {
        World world = World.podIdentity();
        world.association = Evidence.of(Optional.empty());
        world.roleArn = Optional.empty();
        assertThat(remedy(world)).contains("create the association again, or ").doesNotContain("do not");

        world.resource = Evidence.of(Optional.of(new ResourceFacts(
                "cart", Optional.empty(), Optional.of("AROA1"), Optional.of(World.ROLE), Optional.empty())));
        assertThat(remedy(world))
                .contains(
                        "do not create the association: with delivery PodIdentity, the operator creates it again within"
                                + " ten minutes by default, if IamServiceAccount cart is Ready");
    }

    @Test
    void namesEachPlaceOfAnAudienceThatDiffersFromAManagedRole() {
        World world = World.irsa();
        world.trust = World.irsaTrust("StringEquals", "system:serviceaccount:default:app", "vault.example.com");
        world.resource = Evidence.of(Optional.of(new ResourceFacts(
                "cart", Optional.empty(), Optional.of("AROA1"), Optional.of(World.ROLE), Optional.empty())));

        assertThat(remedy(world))
                .contains("correct the audience of the pod's token volume or the annotation eks.amazonaws.com/audience")
                .contains("set spec.token.audience of the IamServiceAccount to sts.amazonaws.com")
                .doesNotContain("sweep");
    }

    private static String remedy(World world) {
        return Diagnosis.of(world.facts()).firstFailed().orElseThrow().result().remedy();
    }

    @Test
    void acceptsPodThatConfiguresIrsaWithoutWebhook() {
        World world = World.irsa();
        world.annotations.clear();
        world.webhook = Evidence.of(Optional.empty());
        world.token = Optional.of(new TokenVolume("sts.amazonaws.com", false));

        assertThat(outcomes(world)).doesNotContainValue(Outcome.Failed);
    }

    @Test
    void acceptsInjectedPodWithSkipLabel() {
        World world = World.irsa();
        world.labels.put(PodIdentityWebhook.SKIP_LABEL, "true");

        assertThat(outcomes(world)).containsEntry(Cause.PodSkipsWebhook, Outcome.OK);
    }

    @Test
    void acceptsExemptAgent() {
        for (String exempt : List.of("*", "localhost,169.254.170.23", "[fd00:ec2::23]", "169.254.0.0/16")) {
            World world = World.podIdentity();
            world.environment.put("HTTP_PROXY", "http://proxy:3128");
            world.environment.put("NO_PROXY", exempt);

            assertThat(outcomes(world)).containsEntry(Cause.ProxyHidesAgent, Outcome.OK);
        }
    }

    @Test
    void believesStsMoreThanItsOwnReadings() {
        World discovery = World.irsa();
        discovery.published = Evidence.of(new Published.Refused("HTTP status 403"));
        World keys = World.irsa();
        keys.published = Evidence.of(new Published.Keys(World.ISSUER, Set.of("k0")));
        World provider = World.irsa();
        provider.provider = Evidence.of(new ProviderFacts(World.PROVIDER, Optional.empty(), List.of()));

        for (World world : List.of(discovery, keys, provider)) {
            assertThat(outcomes(world)).containsValue(Outcome.Failed);
            world.proof = Optional.of(new Proof.Accepted("arn:aws:sts::111122223333:assumed-role/app/irsa-doctor-me"));
            assertThat(outcomes(world)).doesNotContainValue(Outcome.Failed).containsValue(Outcome.Warning);
        }
    }

    @Test
    void leavesPolicyUndecidedThatItDoesNotModel() {
        World address = World.irsa();
        address.trust = address.trust.replace(
                "\"Condition\":{", "\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"},");
        World deny = World.irsa();
        deny.trust = deny.trust.replace(
                "\"Statement\":[", "\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:*\"},");

        for (World world : List.of(address, deny)) {
            assertThat(outcomes(world))
                    .containsEntry(Cause.TrustUndecided, Outcome.NotChecked)
                    .doesNotContainValue(Outcome.Failed);
        }
        address.proof = Optional.of(new Proof.Denied("AccessDenied"));
        assertThat(outcomes(address)).containsEntry(Cause.RoleDenied, Outcome.Warning);
    }

    @Test
    void blamesThePodWhenTheProofWorks() {
        World world = World.irsa();
        world.proof = Optional.of(new Proof.Accepted("arn:aws:sts::111122223333:assumed-role/app/irsa-doctor-me"));

        assertThat(Diagnosis.of(world.facts()).notes()).anyMatch(note -> note.contains("The AWS side works"));
    }

    @Test
    void saysThatPodIdentityHasNoProof() {
        World world = World.podIdentity();
        world.proof = Optional.of(new Proof.Inconclusive("there is no proof for EKS Pod Identity"));

        assertThat(outcomes(world)).doesNotContainValue(Outcome.Failed);
        assertThat(Diagnosis.of(world.facts()).notes()).anyMatch(note -> note.startsWith("There is no proof"));
    }

    @Test
    void namesTheServiceAccountsThatHaveARole() {
        World world = World.irsa().withoutInjection();
        world.annotations.clear();
        world.roleArn = Optional.empty();
        world.accountsWithRole = List.of("invoices");

        assertThat(Diagnosis.of(world.facts())
                        .firstFailed()
                        .orElseThrow()
                        .result()
                        .remedy())
                .contains("invoices");
    }

    private static Map<Cause, Outcome> outcomes(World world) {
        return Diagnosis.of(world.facts()).findings().stream()
                .collect(Collectors.toMap(
                        Finding::cause, finding -> finding.result().outcome()));
    }
}
