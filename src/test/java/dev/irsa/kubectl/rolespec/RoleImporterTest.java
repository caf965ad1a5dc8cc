package dev.irsa.kubectl.rolespec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RolePlanner;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.kubectl.rolespec.RoleImport.Importable;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleImporterTest {
    private static final String OIDC = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
    private static final String SUBJECT = "system:serviceaccount:payments:invoices";
    private static final ClusterIdentity CLUSTER = SampleCluster.withAdoption(
            SampleCluster.of(
                            "prod",
                            "11111111-2222-3333-4444-555555555555",
                            new Issuer("https://" + OIDC),
                            new AwsAccount("aws", "111122223333", ""),
                            "/irsa/prod/")
                    .withOidcProvider(OIDC),
            AdoptionScope.of(Set.of("/"), Set.of()));
    private static final String READ =
            "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}}";

    /** The statements that the tools write, in their spellings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // eksctl
                "[{'Effect':'Allow','Principal':{'Federated':'F'},'Action':['sts:AssumeRoleWithWebIdentity'],'Condition':{'StringEquals':{'P:sub':'S','P:aud':'sts.amazonaws.com'}}}]",
                // module v5 of Terraform
                "[{'Sid':'','Effect':'Allow','Principal':{'Federated':'F'},'Action':'sts:AssumeRoleWithWebIdentity','Condition':{'StringEquals':{'P:aud':'sts.amazonaws.com','P:sub':['S']}}}]",
                // CDK
                "{'Effect':'Allow','Principal':{'Federated':['F']},'Action':'sts:AssumeRoleWithWebIdentity','Condition':{'StringEquals':{'P:aud':['sts.amazonaws.com'],'P:sub':'S'}}}",
            })
    void adoptionOfEqualTrustChangesOnlyOwnership(String statements) {
        LiveRole role = role("/", statements);

        Plan plan = adoption(role, importable(role).spec());

        assertThat(plan.obstacle()).isEmpty();
        assertThat(plan.changes()).allMatch(change -> switch (change) {
            case TagRole(var _, var tags) -> tags.keySet().stream().allMatch(key -> key.startsWith("irsa.dev/"));
            case UntagRole(var _, var keys) -> keys.equals(Set.of(OwnershipTags.ADOPTABLE_BY));
            default -> false;
        });
    }

    @Test
    void specHasEverythingOfTheRole() {
        IamServiceAccountSpec spec = importable(role("/team/", ours())).spec();

        assertThat(spec.role().name()).isEqualTo("legacy");
        assertThat(spec.role().path()).isEqualTo("/team/");
        assertThat(spec.role().description()).isEqualTo("Made by hand");
        assertThat(spec.role().maxSessionDurationSeconds()).isEqualTo(7200);
        assertThat(spec.role().permissionsBoundaryARN()).isEqualTo("arn:aws:iam::111122223333:policy/boundary");
        assertThat(spec.role().tags()).isEqualTo(Map.of("team", "payments"));
        assertThat(spec.policies().managed()).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(spec.policies().inline()).hasSize(1);
        assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.Retain);
        assertThat(spec.suspend()).isTrue();
    }

    @Test
    void leavesTagsOfToolsAlone() {
        Importable imported = importable(
                tagged(Map.of("alpha.eksctl.io/cluster-name", "prod", "aws:cloudformation:stack-name", "s", "a", "b")));

        assertThat(imported.spec().role().tags()).isEqualTo(Map.of("a", "b"));
        assertThat(imported.notes())
                .containsExactly("The operator does not manage the tags alpha.eksctl.io/cluster-name of the role:"
                        + " they identify the tool that created it.");
    }

    @Test
    void explainsTagsThatImitateASessionOfEksPodIdentity() {
        Importable imported = importable(tagged(Map.of("kubernetes-namespace", "kube-system", "a", "b")));

        assertThat(imported.spec().role().tags()).isEqualTo(Map.of("a", "b"));
        assertThat(imported.notes())
                .singleElement()
                .satisfies(note -> assertThat(note)
                        .contains("kubernetes-namespace", "imitate session tags of EKS Pod Identity", "untag-role"));
    }

    @Test
    void leavesIncidentResponseAlone() {
        PolicyDocument deny =
                PolicyDocument.parse("{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}");
        LiveRole role = role("/", ours());
        TreeMap<String, PolicyDocument> inline = new TreeMap<>(role.inline());
        inline.put("AWSRevokeOlderSessions", deny);
        TreeSet<String> managed = new TreeSet<>(role.managed());
        managed.add("arn:aws:iam::aws:policy/AWSDenyAll");
        LiveRole quarantined = new LiveRole(role.role(), role.trust(), managed, inline);

        Importable imported = importable(quarantined);

        assertThat(imported.notes()).hasSize(2).allMatch(note -> note.contains("incident response"));
        assertThat(adoption(quarantined, imported.spec()).changes())
                .allMatch(change -> change instanceof TagRole || change instanceof UntagRole);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StringEquals | system:serviceaccount:web:front | does not admit the ServiceAccount",
                "StringLike   | system:serviceaccount:payments:* | the role also serves ServiceAccount payments/*",
            })
    void refusesRoleOfOthers(String operator, String subject, String why) {
        LiveRole role = role("/", trust(operator, subject));

        assertThat(imported(role, Map.of()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains(why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "irsa.dev/resource     | web/front             | IamServiceAccount web/front of cluster (unknown) owns the role",
                "irsa.dev/adoptable-by | prod/web/front        | the role is offered to prod/web/front by the tag irsa.dev/adoptable-by",
                "irsa.dev/adoptable-by | other/payments/invoices | the role is offered to other/payments/invoices by the tag irsa.dev/adoptable-by",
            })
    void refusesRoleThatIsPromisedToOthers(String tag, String value, String why) {
        assertThat(imported(tagged(Map.of(tag, value)), Map.of()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
    }

    @Test
    void importsRoleThatIsOfferedAlready() {
        assertThat(imported(tagged(Map.of("irsa.dev/adoptable-by", "prod/payments/invoices")), Map.of()))
                .isInstanceOf(Importable.class);
    }

    @Test
    void refusesWhatSpecCannotExpress() {
        assertThat(imported(role("/a:b/", ours()), Map.of())).isInstanceOf(Refused.class);
    }

    @Test
    void takesTokenSettingsFromAnnotations() {
        RoleImport imported = imported(
                role("/", ours().replace("sts.amazonaws.com", "vault")),
                Map.of(
                        "eks.amazonaws.com/audience", "vault",
                        "eks.amazonaws.com/token-expiration", "7200",
                        "eks.amazonaws.com/sts-regional-endpoints", "true"));

        assertThat(imported).isInstanceOfSatisfying(Importable.class, importable -> {
            assertThat(importable.spec().token().audience()).isEqualTo("vault");
            assertThat(importable.spec().token().expirationSeconds()).isEqualTo(7200);
            assertThat(importable.spec().token().stsRegionalEndpoints()).isTrue();
            assertThat(importable.notes()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "eks.amazonaws.com/token-expiration, 60",
        "eks.amazonaws.com/token-expiration, 1h",
        "eks.amazonaws.com/token-expiration, 999999",
        "eks.amazonaws.com/sts-regional-endpoints, yes",
    })
    void notesAnnotationThatSpecCannotExpress(String annotation, String value) {
        assertThat(imported(role("/", ours()), Map.of(annotation, value)))
                .isInstanceOfSatisfying(
                        Importable.class,
                        importable -> assertThat(importable.notes())
                                .singleElement()
                                .asString()
                                .startsWith(
                                        "Annotation " + annotation + "=" + value + " stays on the ServiceAccount; "));
    }

    @ParameterizedTest
    @ValueSource(ints = {3600, 86_400})
    void acceptsTheLimitsOfTheTokenLifetime(int seconds) {
        RoleImport imported =
                imported(role("/", ours()), Map.of("eks.amazonaws.com/token-expiration", String.valueOf(seconds)));

        assertThat(imported).isInstanceOfSatisfying(Importable.class, importable -> {
            assertThat(importable.spec().token().expirationSeconds()).isEqualTo(seconds);
            assertThat(importable.notes()).isEmpty();
        });
    }

    @Test
    void leavesTokenSettingsOutThatTheServiceAccountDoesNotHave() {
        Importable plain = importable(role("/", ours()));
        RoleImport global = imported(role("/", ours()), Map.of("eks.amazonaws.com/sts-regional-endpoints", "false"));

        assertThat(plain.spec().token().expirationSeconds()).isNull();
        assertThat(plain.spec().token().stsRegionalEndpoints()).isNull();
        assertThat(global)
                .isInstanceOfSatisfying(
                        Importable.class,
                        importable -> assertThat(importable.spec().token().stsRegionalEndpoints())
                                .isFalse());
    }

    @Test
    void refusesPolicyThatSpecCannotName() {
        LiveRole role = role("/", ours());
        String odd = "arn:aws:iam::111122223333:policy/a:b/read";

        assertThat(new RoleImporter(CLUSTER)
                        .of(request(
                                new LiveRole(role.role(), role.trust(), new TreeSet<>(Set.of(odd)), role.inline()))))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo("spec.policies.managed does not accept " + odd));
    }

    @Test
    void refusesReservedNameOfPolicyThatAllows() {
        LiveRole role = role("/", ours());
        TreeMap<String, PolicyDocument> inline = new TreeMap<>(Map.of("AWSDenyAll", document(READ)));

        assertThat(new RoleImporter(CLUSTER)
                        .of(request(new LiveRole(role.role(), role.trust(), role.managed(), inline))))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why())
                                .isEqualTo("the name of inline policy AWSDenyAll is reserved for incident response"));
    }

    private static RoleImporter.Request request(LiveRole role) {
        return new RoleImporter.Request("payments", "invoices", new TreeMap<>(), role);
    }

    private static Plan adoption(LiveRole role, IamServiceAccountSpec spec) {
        Desired.Valid desired = (Desired.Valid) Desired.of("payments", "invoices", spec, CLUSTER);
        return RolePlanner.update(desired.role(), role.offered("prod/payments/invoices"));
    }

    private static Importable importable(LiveRole role) {
        return (Importable) imported(role, Map.of());
    }

    private static RoleImport imported(LiveRole role, Map<String, String> annotations) {
        return new RoleImporter(CLUSTER)
                .of(new RoleImporter.Request("payments", "invoices", new TreeMap<>(annotations), role));
    }

    private static String ours() {
        return trust("StringEquals", SUBJECT);
    }

    private static String trust(String operator, String subject) {
        return "{'Effect':'Allow','Principal':{'Federated':'F'},'Action':'sts:AssumeRoleWithWebIdentity','Condition':{'"
                + operator + "':{'P:sub':'" + subject + "','P:aud':'sts.amazonaws.com'}}}";
    }

    private static LiveRole tagged(Map<String, String> tags) {
        return role("/", ours(), tags);
    }

    private static LiveRole role(String path, String statements) {
        return role(path, statements, Map.of("team", "payments"));
    }

    private static LiveRole role(String path, String statements, Map<String, String> tags) {
        PolicyDocument trust = document("{'Version':'2012-10-17','Statement':" + statements + "}");
        ObservedRole role = new ObservedRole(
                "legacy",
                path,
                "arn:aws:iam::111122223333:role" + path + "legacy",
                "AROAEXAMPLE",
                "Made by hand",
                7200,
                Optional.of("arn:aws:iam::111122223333:policy/boundary"),
                new TreeMap<>(tags),
                trust.fingerprint(),
                Optional.empty());
        return new LiveRole(
                role,
                trust,
                new TreeSet<>(Set.of("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")),
                new TreeMap<>(Map.of("read", document(READ))));
    }

    private static PolicyDocument document(String text) {
        return PolicyDocument.parse(text.replace("'F'", "'arn:aws:iam::111122223333:oidc-provider/" + OIDC + "'")
                .replace("'S'", "'" + SUBJECT + "'")
                .replace("P:", OIDC + ":")
                .replace('\'', '"'));
    }
}
