package dev.irsa.permissions;

import static dev.irsa.permissions.Sample.ADOPTING;
import static dev.irsa.permissions.Sample.ALLOWED;
import static dev.irsa.permissions.Sample.BOUNDARY;
import static dev.irsa.permissions.Sample.BOUNDED;
import static dev.irsa.permissions.Sample.CONSENT;
import static dev.irsa.permissions.Sample.OWNED;
import static dev.irsa.permissions.Sample.PROVIDER;
import static dev.irsa.permissions.Sample.WIDER_BOUNDARY;
import static dev.irsa.permissions.Sample.ownRole;
import static dev.irsa.permissions.Sample.role;

import dev.irsa.ownership.Owner;
import java.util.List;
import java.util.Map;

/**
 * What whoever takes the operator over can do, and no condition of IAM keeps him from.
 *
 * @param why IAM cannot deny it, or what limits it: a sentence
 */
record Undeniable(Attempt attempt, String why) {
    /** The name of a policy that trusts the operator. */
    static final String TRUSTING = "trust in the operator";

    static List<Undeniable> all() {
        Attempt tag = Attempt.of("", BOUNDED, AwsAction.TAG_ROLE, ownRole()).onTagged(OWNED);
        return List.of(
                can(
                        Attempt.of(
                                        "creates roles of its own making under its path",
                                        BOUNDED,
                                        AwsAction.CREATE_ROLE,
                                        role("irsa/production/mine"))
                                .requesting(OWNED)
                                .bounded(BOUNDARY),
                        "It is what the operator is for; a boundary that you list limits them."),
                can(
                        Attempt.of(
                                        "lets anybody assume a role that it manages",
                                        BOUNDED,
                                        AwsAction.UPDATE_ASSUME_ROLE_POLICY,
                                        ownRole())
                                .onTagged(OWNED),
                        "No condition sees a trust policy; an SCP can deny sts:AssumeRole across accounts."),
                can(
                        Attempt.by(
                                Sample.OPERATOR,
                                "acts as a role that it manages",
                                TRUSTING,
                                "sts:AssumeRole",
                                ownRole()),
                        "A trust policy that names a principal of the account is enough; the boundary limits the role."),
                can(
                        Attempt.of(
                                        "acts as a role that it adopted, with the policies that it had",
                                        ADOPTING,
                                        AwsAction.UPDATE_ASSUME_ROLE_POLICY,
                                        role("teams/x"))
                                .onTagged(OWNED),
                        "Give a role a boundary before you give it the tag that consents."),
                can(
                        Attempt.of(
                                        "gives a role that it manages any allowed policy",
                                        BOUNDED,
                                        AwsAction.ATTACH_ROLE_POLICY,
                                        ownRole())
                                .onTagged(OWNED)
                                .bounded(BOUNDARY)
                                .about(ALLOWED),
                        "--allowed-policy-arn and the boundary limit it."),
                can(
                        Attempt.of(
                                        "gives a role that it manages any inline policy",
                                        BOUNDED,
                                        AwsAction.PUT_ROLE_POLICY,
                                        ownRole())
                                .onTagged(OWNED)
                                .bounded(BOUNDARY),
                        "No condition sees a document; the boundary limits it, and without one the right is left out."),
                can(
                        Attempt.of(
                                        "gives a role that it manages the widest boundary listed",
                                        BOUNDED,
                                        AwsAction.PUT_ROLE_PERMISSIONS_BOUNDARY,
                                        ownRole())
                                .onTagged(OWNED)
                                .bounded(WIDER_BOUNDARY),
                        "Which role has which of the boundaries, only the operator knows."),
                can(
                        tag.as("gives a role that it manages any tag").requesting(Map.of("team", "admin")),
                        "A tag of a role is aws:PrincipalTag of its sessions: policies that trust tags trust the operator."),
                can(
                        tag.as("makes a role that it manages another resource's")
                                .requesting(Map.of(Owner.RESOURCE, "other/app")),
                        "All resources of the cluster are one operator's."),
                can(
                        Attempt.of(
                                        "takes a policy that only denies off a role that it manages",
                                        BOUNDED,
                                        AwsAction.DETACH_ROLE_POLICY,
                                        ownRole())
                                .onTagged(OWNED)
                                .about("arn:aws:iam::aws:policy/AWSDenyAll"),
                        "It must be able to delete the role; cut a role off by an SCP when the operator is not trusted."),
                can(
                        Attempt.of(
                                        "takes an inline policy that only denies off a role that it manages",
                                        BOUNDED,
                                        AwsAction.DELETE_ROLE_POLICY,
                                        ownRole())
                                .onTagged(OWNED),
                        "As before: AWSRevokeOlderSessions is one."),
                can(
                        Attempt.of("deletes a role that it manages", BOUNDED, AwsAction.DELETE_ROLE, ownRole())
                                .onTagged(OWNED),
                        "It is what the operator is for."),
                can(
                        Attempt.of(
                                        "makes a role without tags under its own path its own",
                                        BOUNDED,
                                        AwsAction.TAG_ROLE,
                                        ownRole())
                                .requesting(OWNED),
                        "IAM asks for the same right when a role is created; keep other roles out of that path."),
                can(
                        Attempt.of(
                                        "adopts a role that consents, for whichever resource",
                                        ADOPTING,
                                        AwsAction.TAG_ROLE,
                                        role("teams/x"))
                                .requesting(OWNED)
                                .onTagged(CONSENT),
                        "The consent is to the cluster; which resource it names, only the operator compares."),
                can(
                        Attempt.of(
                                "lets any audience in at its provider",
                                BOUNDED,
                                AwsAction.ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER,
                                PROVIDER),
                        "No condition sees an audience; with --oidc-provider=Check the right is left out."),
                can(
                        Attempt.of(
                                "reads every role and policy of the account",
                                BOUNDED,
                                AwsAction.GET_ACCOUNT_AUTHORIZATION_DETAILS,
                                "*"),
                        "IAM has no smaller resource for it; without the right the operator works, more slowly."));
    }

    private static Undeniable can(Attempt attempt, String why) {
        return new Undeniable(attempt, why);
    }
}
