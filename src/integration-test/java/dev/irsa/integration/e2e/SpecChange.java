package dev.irsa.integration.e2e;

import java.util.List;
import java.util.stream.Stream;

/**
 * One change of a spec.
 *
 * @param from a part of the spec
 * @param to its replacement
 * @param calls the expected IAM calls
 * @param outcome the expected differences; {@code *} matches anything
 */
record SpecChange(String what, String from, String to, List<String> calls, List<String> outcome) {
    private static final String READ =
            "{name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}";
    private static final String LIST =
            "{name: list, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:ListBucket', Resource: '*'}]}}";

    /** The spec before the change. */
    static final String SPEC = """
            {role: {description: one, maxSessionDurationSeconds: 7200, tags: {team: payments, tier: gold},
                    permissionsBoundaryARN: 'arn:aws:iam::aws:policy/PowerUserAccess'},
             policies: {managed: [AmazonS3ReadOnlyAccess, AmazonSQSReadOnlyAccess], inline: [%s, %s]},
             token: {audience: sts.amazonaws.com, expirationSeconds: 3600, stsRegionalEndpoints: true},
             serviceAccounts: [{name: invoices, management: CreateOrAnnotate}], deletionPolicy: Delete, suspend: false}""".formatted(READ, LIST);

    @Override
    public String toString() {
        return what;
    }

    /** Returns the spec after the change. */
    String after() {
        return SPEC.replace(from, to);
    }

    /** Returns a change of each field. */
    static Stream<SpecChange> all() {
        return Stream.of(
                new SpecChange(
                        "the order of the managed policies",
                        "AmazonS3ReadOnlyAccess, AmazonSQSReadOnlyAccess",
                        "AmazonSQSReadOnlyAccess, 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'",
                        List.of(),
                        List.of()),
                new SpecChange(
                        "an equivalent inline policy",
                        "Action: 's3:ListBucket', Resource: '*'",
                        "Resource: ['*'], Action: ['S3:listbucket']",
                        List.of(),
                        List.of()),
                new SpecChange(
                        "no description",
                        "description: one, ",
                        "",
                        List.of("GetRole", "UpdateRole"),
                        List.of("~ description ")),
                new SpecChange(
                        "the boundary",
                        "policy/PowerUserAccess",
                        "policy/ReadOnlyAccess",
                        List.of("GetRole", "PutRolePermissionsBoundary"),
                        List.of("~ boundary arn:aws:iam::aws:policy/ReadOnlyAccess")),
                new SpecChange(
                        "an added tag",
                        "tags: {",
                        "tags: {stage: test, ",
                        List.of("GetRole", "TagRole"),
                        List.of("~ tag irsa.dev/user-tags *", "+ tag stage test")),
                new SpecChange(
                        "the last tags",
                        ", tags: {team: payments, tier: gold}",
                        "",
                        List.of("GetRole", "UntagRole"),
                        List.of("- tag irsa.dev/user-tags", "- tag team", "- tag tier")),
                // The tag that lists the user's tags changes too, in a separate call.
                new SpecChange(
                        "a removed tag",
                        "team: payments, ",
                        "",
                        List.of("GetRole", "UntagRole", "TagRole"),
                        List.of("~ tag irsa.dev/user-tags *", "- tag team")),
                new SpecChange(
                        "the audience",
                        "audience: sts.amazonaws.com",
                        "audience: vault.example.com",
                        List.of("GetRole", "UpdateAssumeRolePolicy"),
                        List.of(
                                "+ annotation eks.amazonaws.com/audience vault.example.com",
                                "~ trust {*:aud\":\"vault.example.com\"*}")),
                new SpecChange(
                        "no token expiration",
                        "expirationSeconds: 3600, ",
                        "",
                        List.of(),
                        List.of("- annotation eks.amazonaws.com/token-expiration")),
                new SpecChange(
                        "the STS endpoints",
                        "stsRegionalEndpoints: true",
                        "stsRegionalEndpoints: false",
                        List.of(),
                        List.of("~ annotation eks.amazonaws.com/sts-regional-endpoints false")),
                new SpecChange(
                        "Annotate", "management: CreateOrAnnotate", "management: Annotate", List.of(), List.of()),
                new SpecChange("Ignore", "management: CreateOrAnnotate", "management: Ignore", List.of(), List.of()),
                new SpecChange("Retain", "deletionPolicy: Delete", "deletionPolicy: Retain", List.of(), List.of()));
    }
}
