package dev.irsa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.machine.ControlPlane;
import dev.irsa.machine.FaultProxy;
import dev.irsa.machine.Kubectl;
import dev.irsa.machine.Moto;
import dev.irsa.machine.OperatorProcess;
import dev.irsa.machine.SharedMachine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpecChangeIT {
    private static final String READ =
            "{name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}";
    private static final String LIST =
            "{name: list, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:ListBucket', Resource: '*'}]}}";
    private static final String SPEC = """
            {role: {description: one, maxSessionDurationSeconds: 7200, tags: {team: payments, tier: gold},
                    permissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess'},
             policies: {managed: [AmazonS3ReadOnlyAccess, AmazonSQSReadOnlyAccess], inline: [%s, %s]},
             token: {audience: sts.amazonaws.com, expirationSeconds: 3600, stsRegionalEndpoints: true},
             serviceAccount: {management: Manage}, deletionPolicy: Delete, suspend: false}""".formatted(READ, LIST);

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = world.launch().startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
    }

    /**
     * One change of a spec.
     *
     * @param from a part of the spec
     * @param to what stands in its place afterwards
     * @param calls all that the operator may ask of IAM for it
     * @param outcome all that is otherwise afterwards; {@code *} stands for anything
     */
    record Case(String what, String from, String to, List<String> calls, List<String> outcome) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "a managed policy more",
                        "managed: [",
                        "managed: [AmazonEC2ReadOnlyAccess, ",
                        List.of("GetRole", "AttachRolePolicy"),
                        List.of("+ attached arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess")),
                new Case(
                        "a managed policy less",
                        ", AmazonSQSReadOnlyAccess",
                        "",
                        List.of("GetRole", "DetachRolePolicy"),
                        List.of("- attached arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess")),
                new Case(
                        "the order of the managed policies",
                        "AmazonS3ReadOnlyAccess, AmazonSQSReadOnlyAccess",
                        "AmazonSQSReadOnlyAccess, 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'",
                        List.of(),
                        List.of()),
                new Case(
                        "an inline policy more",
                        "inline: [",
                        "inline: [" + READ.replace("name: read", "name: more") + ", ",
                        List.of("GetRole", "PutRolePolicy"),
                        List.of("+ inline more {*s3:GetObject*}")),
                new Case(
                        "an inline policy with another document",
                        "s3:ListBucket",
                        "s3:ListAllMyBuckets",
                        List.of("GetRole", "PutRolePolicy"),
                        List.of("~ inline list {*s3:ListAllMyBuckets*}")),
                new Case(
                        "an inline policy less",
                        ", " + LIST,
                        "",
                        List.of("GetRole", "DeleteRolePolicy"),
                        List.of("- inline list")),
                new Case(
                        "an inline policy in other words",
                        "Action: 's3:ListBucket', Resource: '*'",
                        "Resource: ['*'], Action: ['S3:listbucket']",
                        List.of(),
                        List.of()),
                new Case(
                        "the description",
                        "description: one",
                        "description: two",
                        List.of("GetRole", "UpdateRole"),
                        List.of("~ description two")),
                new Case(
                        "no description",
                        "description: one, ",
                        "",
                        List.of("GetRole", "UpdateRole"),
                        List.of("~ description ")),
                new Case(
                        "the session",
                        "maxSessionDurationSeconds: 7200",
                        "maxSessionDurationSeconds: 43200",
                        List.of("GetRole", "UpdateRole"),
                        List.of("~ session 43200")),
                new Case(
                        "the boundary",
                        "policy/PowerUserAccess",
                        "policy/ReadOnlyAccess",
                        List.of("GetRole", "PutRolePermissionsBoundary"),
                        List.of("~ boundary arn:aws:iam::aws:policy/ReadOnlyAccess")),
                new Case(
                        "a tag more",
                        "tags: {",
                        "tags: {stage: test, ",
                        List.of("GetRole", "TagRole"),
                        List.of("~ tag irsa.dev/user-tags *", "+ tag stage test")),
                new Case(
                        "a tag with another value",
                        "team: payments",
                        "team: billing",
                        List.of("GetRole", "TagRole"),
                        List.of("~ tag team billing")),
                new Case(
                        "the last tags",
                        ", tags: {team: payments, tier: gold}",
                        "",
                        List.of("GetRole", "UntagRole"),
                        List.of("- tag irsa.dev/user-tags", "- tag team", "- tag tier")),
                // The memory of which tags are the user's changes with them, in a call of its own.
                new Case(
                        "a tag less",
                        "team: payments, ",
                        "",
                        List.of("GetRole", "UntagRole", "TagRole"),
                        List.of("~ tag irsa.dev/user-tags *", "- tag team")),
                new Case(
                        "the audience",
                        "audience: sts.amazonaws.com",
                        "audience: vault.example.com",
                        List.of("GetRole", "UpdateAssumeRolePolicy"),
                        List.of(
                                "+ annotation eks.amazonaws.com/audience vault.example.com",
                                "~ trust {*:aud\":\"vault.example.com\"*}")),
                new Case(
                        "the token's life",
                        "expirationSeconds: 3600",
                        "expirationSeconds: 600",
                        List.of(),
                        List.of("~ annotation eks.amazonaws.com/token-expiration 600")),
                new Case(
                        "no life of the token",
                        "expirationSeconds: 3600, ",
                        "",
                        List.of(),
                        List.of("- annotation eks.amazonaws.com/token-expiration")),
                new Case(
                        "the STS endpoints",
                        "stsRegionalEndpoints: true",
                        "stsRegionalEndpoints: false",
                        List.of(),
                        List.of("~ annotation eks.amazonaws.com/sts-regional-endpoints false")),
                new Case("Annotate", "management: Manage", "management: Annotate", List.of(), List.of()),
                new Case("Ignore", "management: Manage", "management: Ignore", List.of(), List.of()),
                new Case("Retain", "deletionPolicy: Delete", "deletionPolicy: Retain", List.of(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aChangeOfTheSpecCostsItsCallsAndChangesNothingElse(Case change) {
        Subject subject = Subject.in(world);
        subject.apply(SPEC).awaitReady();
        Facts before = Facts.of(subject);
        world.proxy().calls().clear();
        String spec = SPEC.replace(change.from(), change.to());
        assertThat(spec).isNotEqualTo(SPEC);

        subject.apply(spec).awaitReady();
        assertThat(subject.calls()).isEqualTo(change.calls());
        List<String> changes = before.changesTo(Facts.of(subject));
        assertThat(changes).hasSameSizeAs(change.outcome());
        for (int i = 0; i < changes.size(); i++) {
            assertThat(changes.get(i)).matches(pattern(change.outcome().get(i)));
        }
        assertThat(subject.field(
                        "iamsa/invoices",
                        "{.metadata.generation} {.status.observedGeneration} {.status.conditions[*].type}"))
                .isEqualTo("2 2 Ready");
        subject.delete();
    }

    private static String pattern(String glob) {
        return "\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E";
    }
}
