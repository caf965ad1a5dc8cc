package dev.irsa.integration.permissions;

import static dev.irsa.fixtures.permissions.Sample.ADOPTING;
import static dev.irsa.fixtures.permissions.Sample.ADOPTING_BY_NAME;
import static dev.irsa.fixtures.permissions.Sample.ALLOWED;
import static dev.irsa.fixtures.permissions.Sample.BARE;
import static dev.irsa.fixtures.permissions.Sample.BOUNDARY;
import static dev.irsa.fixtures.permissions.Sample.BOUNDED;
import static dev.irsa.fixtures.permissions.Sample.CONSENT;
import static dev.irsa.fixtures.permissions.Sample.IN_ACCOUNT;
import static dev.irsa.fixtures.permissions.Sample.OWNED;
import static dev.irsa.fixtures.permissions.Sample.PROVIDER;
import static dev.irsa.fixtures.permissions.Sample.UNBOUNDED;
import static dev.irsa.fixtures.permissions.Sample.WIDER_BOUNDARY;
import static dev.irsa.fixtures.permissions.Sample.and;
import static dev.irsa.fixtures.permissions.Sample.ownRole;
import static dev.irsa.fixtures.permissions.Sample.role;

import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The calls of the operator, each with the context that AWS evaluates. */
final class RequiredCalls {
    private static final String ADOPTED = role("teams/payments/invoices");
    private static final String ADOPTED_BY_NAME = role("eksctl-prod-invoices");

    private RequiredCalls() {}

    static List<Attempt> all() {
        List<Attempt> all = new ArrayList<>();
        all.addAll(reads());
        all.addAll(creation());
        all.addAll(RoleWrites.on("its own role", BOUNDED, ownRole(), OWNED));
        all.addAll(RoleWrites.on("a role that it adopted elsewhere", ADOPTING, ADOPTED, OWNED));
        all.addAll(RoleWrites.on("a role that it adopted by name", ADOPTING_BY_NAME, ADOPTED_BY_NAME, OWNED));
        all.addAll(removal());
        all.addAll(changesOfOwner());
        all.addAll(provider());
        all.addAll(RequiredAssociationCalls.all());
        all.add(Attempt.of(
                "assumes the role in another account",
                Sample.WITH_ACCOUNT,
                AwsAction.ASSUME_ROLE,
                Sample.ACCOUNT_ROLE));
        all.add(Attempt.of(
                "passes on its session tags to the role in another account",
                Sample.WITH_ACCOUNT,
                AwsAction.TAG_SESSION,
                Sample.ACCOUNT_ROLE));
        return all;
    }

    private static List<Attempt> reads() {
        return List.of(
                Attempt.of("reads its own role", BOUNDED, AwsAction.GET_ROLE, ownRole()),
                Attempt.of("reads a role that does not exist", BOUNDED, AwsAction.GET_ROLE, role("absent")),
                Attempt.of("reads an inline policy", BOUNDED, AwsAction.GET_ROLE_POLICY, ownRole()),
                Attempt.of("reads a boundary", BOUNDED, AwsAction.GET_POLICY, BOUNDARY),
                Attempt.of("reads the document of a boundary", BOUNDED, AwsAction.GET_POLICY_VERSION, BOUNDARY),
                Attempt.of("lists inline policies", BOUNDED, AwsAction.LIST_ROLE_POLICIES, ownRole()),
                Attempt.of("lists attached policies", BOUNDED, AwsAction.LIST_ATTACHED_ROLE_POLICIES, ownRole()),
                Attempt.of("lists instance profiles", BOUNDED, AwsAction.LIST_INSTANCE_PROFILES_FOR_ROLE, ownRole()),
                Attempt.of("sweeps", BOUNDED, AwsAction.GET_ACCOUNT_AUTHORIZATION_DETAILS, "*"),
                Attempt.of("sweeps descriptions", BOUNDED, AwsAction.LIST_ROLES, "*"),
                Attempt.of("reads the quota of roles", IN_ACCOUNT, AwsAction.GET_ACCOUNT_SUMMARY, "*"));
    }

    private static List<Attempt> creation() {
        Map<String, String> tags = and(and(OWNED, "team", "payments"), "irsa.dev/user-tags", "abcdef");
        return List.of(
                Attempt.of("creates a role", BOUNDED, AwsAction.CREATE_ROLE, ownRole())
                        .requesting(OWNED)
                        .bounded(BOUNDARY),
                Attempt.of(
                                "creates a role with the other boundary and tags of users",
                                BOUNDED,
                                AwsAction.CREATE_ROLE,
                                ownRole())
                        .requesting(tags)
                        .bounded(WIDER_BOUNDARY),
                Attempt.of("tags a role as it is created", BOUNDED, AwsAction.TAG_ROLE, ownRole())
                        .requesting(tags),
                Attempt.of("sets the tags of every role on its own role", BOUNDED, AwsAction.TAG_ROLE, ownRole())
                        .requesting(Map.of("cost-center", "4711", "irsa.dev/user-tags", "abcdef"))
                        .onTagged(OWNED),
                Attempt.of("removes a former tag of every role", BOUNDED, AwsAction.UNTAG_ROLE, ownRole())
                        .with("aws:TagKeys", List.of("cost-center"))
                        .onTagged(OWNED),
                Attempt.of("creates a role with no required boundary", BARE, AwsAction.CREATE_ROLE, ownRole())
                        .requesting(OWNED),
                Attempt.of(
                                "changes the trust policy of a role without a boundary if none is required",
                                BARE,
                                AwsAction.UPDATE_ASSUME_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED),
                Attempt.of(
                                "attaches an allowed policy with no required boundary",
                                UNBOUNDED,
                                AwsAction.ATTACH_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED)
                        .about(ALLOWED));
    }

    /**
     * A user removed the boundary and attached a policy that the operator may not attach. Cleaning up works
     * nevertheless.
     */
    private static List<Attempt> removal() {
        return List.of(
                Attempt.of("detaches what it could not attach", BOUNDED, AwsAction.DETACH_ROLE_POLICY, ownRole())
                        .onTagged(OWNED)
                        .about("arn:aws:iam::aws:policy/AdministratorAccess"),
                Attempt.of("deletes a role that lost its boundary", BOUNDED, AwsAction.DELETE_ROLE, ownRole())
                        .onTagged(OWNED),
                Attempt.of(
                                "deletes an inline policy without any boundary",
                                BARE,
                                AwsAction.DELETE_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED),
                Attempt.of("restores a removed boundary", BOUNDED, AwsAction.PUT_ROLE_PERMISSIONS_BOUNDARY, ownRole())
                        .onTagged(OWNED)
                        .bounded(BOUNDARY));
    }

    private static List<Attempt> changesOfOwner() {
        Map<String, String> retained = and(OWNED, "irsa.dev/adoptable-by", "production/payments/invoices");
        return List.of(
                Attempt.of("retains a role: writes who may adopt it", BOUNDED, AwsAction.TAG_ROLE, ownRole())
                        .requesting(and(CONSENT, OwnershipTags.ADOPTED, "false"))
                        .onTagged(OWNED),
                Attempt.of("retains a role: removes the ownership tags", BOUNDED, AwsAction.UNTAG_ROLE, ownRole())
                        .with("aws:TagKeys", List.copyOf(OWNED.keySet()))
                        .onTagged(retained),
                Attempt.of("adopts a role that it retained", BOUNDED, AwsAction.TAG_ROLE, ownRole())
                        .requesting(and(OWNED, OwnershipTags.ADOPTED, "true"))
                        .onTagged(CONSENT),
                Attempt.of("adopts a role of an adoption path", ADOPTING, AwsAction.TAG_ROLE, ADOPTED)
                        .requesting(and(OWNED, OwnershipTags.ADOPTED, "true"))
                        .onTagged(CONSENT),
                Attempt.of("removes the consent from an adopted role", ADOPTING, AwsAction.UNTAG_ROLE, ADOPTED)
                        .with("aws:TagKeys", List.of("irsa.dev/adoptable-by"))
                        .onTagged(retained),
                Attempt.of("adopts a role by name", ADOPTING_BY_NAME, AwsAction.TAG_ROLE, ADOPTED_BY_NAME)
                        .requesting(and(OWNED, OwnershipTags.ADOPTED, "true"))
                        .onTagged(CONSENT),
                Attempt.of(
                                "removes the consent from a role adopted by name",
                                ADOPTING_BY_NAME,
                                AwsAction.UNTAG_ROLE,
                                ADOPTED_BY_NAME)
                        .with("aws:TagKeys", List.of("irsa.dev/adoptable-by"))
                        .onTagged(retained),
                Attempt.of("takes over a role of a rebuilt cluster", BOUNDED, AwsAction.TAG_ROLE, ownRole())
                        .requesting(Map.of(OwnershipTags.CLUSTER_ID, "uid-3", OwnershipTags.ISSUER, "0123456789abcdef"))
                        .onTagged(OWNED),
                Attempt.of("takes over a role with all its tags", BOUNDED, AwsAction.TAG_ROLE, ownRole())
                        .requesting(and(
                                and(OWNED, OwnershipTags.CLUSTER_ID, "uid-3"),
                                OwnershipTags.TAKEN_FROM,
                                "0123456789abcdef"))
                        .onTagged(OWNED));
    }

    private static List<Attempt> provider() {
        return List.of(
                Attempt.of("lists the providers", BARE, AwsAction.LIST_OPEN_ID_CONNECT_PROVIDERS, "*"),
                Attempt.of("checks the provider", BARE, AwsAction.GET_OPEN_ID_CONNECT_PROVIDER, PROVIDER),
                Attempt.of(
                        "checks the provider with another spelling of its name",
                        BARE,
                        AwsAction.GET_OPEN_ID_CONNECT_PROVIDER,
                        Sample.provider(Sample.ISSUER.hostAndPath().replace("oidc.eks", "OIDC.eks"))),
                Attempt.of("creates the provider", BOUNDED, AwsAction.CREATE_OPEN_ID_CONNECT_PROVIDER, PROVIDER)
                        .requesting(OWNED),
                Attempt.of(
                                "tags the provider as it is created",
                                BOUNDED,
                                AwsAction.TAG_OPEN_ID_CONNECT_PROVIDER,
                                PROVIDER)
                        .requesting(OWNED),
                Attempt.of("adds an audience", BOUNDED, AwsAction.ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER, PROVIDER));
    }
}
