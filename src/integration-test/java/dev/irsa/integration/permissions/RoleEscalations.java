package dev.irsa.integration.permissions;

import static dev.irsa.fixtures.permissions.Sample.ADOPTING;
import static dev.irsa.fixtures.permissions.Sample.ADOPTING_ANYWHERE;
import static dev.irsa.fixtures.permissions.Sample.ADOPTING_BY_NAME;
import static dev.irsa.fixtures.permissions.Sample.ALLOWED;
import static dev.irsa.fixtures.permissions.Sample.BARE;
import static dev.irsa.fixtures.permissions.Sample.BOUNDARY;
import static dev.irsa.fixtures.permissions.Sample.BOUNDED;
import static dev.irsa.fixtures.permissions.Sample.CONSENT;
import static dev.irsa.fixtures.permissions.Sample.OTHERS;
import static dev.irsa.fixtures.permissions.Sample.OWNED;
import static dev.irsa.fixtures.permissions.Sample.UNBOUNDED;
import static dev.irsa.fixtures.permissions.Sample.and;
import static dev.irsa.fixtures.permissions.Sample.ownRole;
import static dev.irsa.fixtures.permissions.Sample.policy;
import static dev.irsa.fixtures.permissions.Sample.role;
import static dev.irsa.fixtures.permissions.Sample.without;

import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.fixtures.permissions.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Attempts of an attacker with the operator's credentials on roles. */
final class RoleEscalations {
    private static final String UNLISTED = policy("unlisted");
    private static final String ELSEWHERE = role("teams/payments/invoices");

    private RoleEscalations() {}

    static List<Attempt> all() {
        List<Attempt> all = new ArrayList<>();
        all.addAll(creation());
        all.addAll(paths());
        all.addAll(foreignRoles());
        all.addAll(rolesByName());
        all.addAll(policies());
        all.addAll(quarantine());
        all.addAll(boundaries());
        all.addAll(tags());
        all.addAll(adoption());
        return all;
    }

    private static List<Attempt> creation() {
        Attempt create = Attempt.of("creates a role", BOUNDED, AwsAction.CREATE_ROLE, ownRole())
                .requesting(OWNED)
                .bounded(BOUNDARY);
        List<Attempt> all = new ArrayList<>();
        OWNED.keySet().forEach(key -> {
            Map<String, String> fewer = without(OWNED, key);
            all.add(Attempt.of("creates a role without the tag " + key, BOUNDED, AwsAction.CREATE_ROLE, ownRole())
                    .requesting(fewer)
                    .bounded(BOUNDARY));
            all.add(Attempt.of("tags a role, as it is created, without " + key, BOUNDED, AwsAction.TAG_ROLE, ownRole())
                    .requesting(fewer));
        });
        all.addAll(List.of(
                Attempt.of("creates a role without tags", BOUNDED, AwsAction.CREATE_ROLE, ownRole())
                        .bounded(BOUNDARY),
                create.as("creates a role for another cluster").requesting(OTHERS),
                create.as("creates a role for a cluster whose name differs in case")
                        .requesting(and(OWNED, OwnershipTags.CLUSTER, "Production")),
                create.as("creates a role that another cluster may adopt")
                        .requesting(and(OWNED, "irsa.dev/adoptable-by", "staging/a/b")),
                create.as("creates a role with a boundary that is not listed").bounded(UNLISTED),
                create.as("creates a role with a boundary whose name starts with a listed one")
                        .bounded(BOUNDARY + "-not"),
                Attempt.of("creates a role without a boundary", BOUNDED, AwsAction.CREATE_ROLE, ownRole())
                        .requesting(OWNED)));
        return all;
    }

    private static List<Attempt> paths() {
        return Map.of(
                        "without a path", "x",
                        "beside its path", "irsa/x",
                        "whose name is its path", "irsa/production",
                        "under a path that starts with its own", "irsa/production2/x",
                        "under its path in upper case", "IRSA/PRODUCTION/x",
                        "under a path that leads to its own with two dots", "irsa/staging/../production/x",
                        "under the path of another cluster", "irsa/staging/x",
                        "under a path that ends with its own", "evil/irsa/production/x",
                        "under a path from which it may adopt", "teams/x")
                .entrySet()
                .stream()
                .map(path -> Attempt.of(
                                "creates a role " + path.getKey(),
                                ADOPTING,
                                AwsAction.CREATE_ROLE,
                                role(path.getValue()))
                        .requesting(OWNED)
                        .bounded(BOUNDARY))
                .toList();
    }

    /** Returns writes that would be allowed on the operator's own roles. */
    private static List<Attempt> foreignRoles() {
        List<Attempt> all = new ArrayList<>();
        all.addAll(RoleWrites.on("another cluster's role under its own path", BOUNDED, ownRole(), OTHERS));
        all.addAll(RoleWrites.on("a role elsewhere with its tags", BOUNDED, role("x"), OWNED));
        all.addAll(RoleWrites.on("a role elsewhere that consents to an adoption", BOUNDED, role("x"), CONSENT));
        all.addAll(
                RoleWrites.on("a role that consents to nothing under an adoption path", ADOPTING, ELSEWHERE, Map.of()));
        all.addAll(RoleWrites.on(
                "a role under an adoption path that consents to another cluster",
                ADOPTING,
                ELSEWHERE,
                Map.of("irsa.dev/adoptable-by", "production2/payments/invoices")));
        all.addAll(RoleWrites.on("another cluster's role under an adoption path", ADOPTING, ELSEWHERE, OTHERS));
        all.addAll(RoleWrites.on("the operator's own role", BOUNDED, role("irsa-operator"), OWNED));
        // With adoption from all paths, a user may have tagged it by mistake.
        Map<String, String> mistaken = and(OWNED, "irsa.dev/adoptable-by", "production/payments/invoices");
        all.addAll(RoleWrites.on(
                "the operator's own role, tagged as one of its roles,",
                ADOPTING_ANYWHERE,
                role("irsa-operator"),
                mistaken));
        // Setting all ownership tags cannot be denied, because the creation of a role needs it.
        RoleWrites.on("a role under its path that has no tags", BOUNDED, ownRole(), Map.of()).stream()
                .filter(attempt -> !attempt.name().startsWith("tags as its own"))
                .forEach(all::add);
        return all;
    }

    /** Returns writes around the names of adoption roles. */
    private static List<Attempt> rolesByName() {
        String named = role("eksctl-prod-invoices");
        Map<String, String> mistaken = and(OWNED, "irsa.dev/adoptable-by", "production/payments/invoices");
        List<Attempt> all = new ArrayList<>();
        all.addAll(RoleWrites.on(
                "a role that consents and matches no adoption role", ADOPTING_BY_NAME, role("eksctl-prod"), CONSENT));
        all.addAll(RoleWrites.on(
                "a role with its tags that matches no adoption role",
                ADOPTING_BY_NAME,
                role("eksctl-test-invoices"),
                OWNED));
        all.addAll(RoleWrites.on(
                "a role that matches an adoption role but for its path",
                ADOPTING_BY_NAME,
                role("teams/eksctl-prod-invoices"),
                mistaken));
        all.addAll(RoleWrites.on(
                "a role that matches an adoption role and consents to nothing", ADOPTING_BY_NAME, named, Map.of()));
        all.addAll(
                RoleWrites.on("another cluster's role that matches an adoption role", ADOPTING_BY_NAME, named, OTHERS));
        all.addAll(RoleWrites.on(
                "the operator's own role, which matches an adoption role,",
                ADOPTING_BY_NAME,
                role("irsa-operator"),
                mistaken));
        all.add(Attempt.of(
                        "creates a role that matches an adoption role", ADOPTING_BY_NAME, AwsAction.CREATE_ROLE, named)
                .requesting(OWNED)
                .bounded(BOUNDARY));
        return all;
    }

    /** Responders cut off a role by these policies. */
    private static List<Attempt> quarantine() {
        return Stream.of(
                        "AWSDenyAll",
                        "AWSCompromisedKeyQuarantine",
                        "AWSCompromisedKeyQuarantineV2",
                        "AWSCompromisedKeyQuarantineV3")
                .map(policy -> Attempt.of(
                                "detaches " + policy + " from its own role",
                                BOUNDED,
                                AwsAction.DETACH_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED)
                        .about("arn:aws:iam::aws:policy/" + policy))
                .toList();
    }

    private static List<Attempt> policies() {
        Attempt attach = Attempt.of("attaches a policy", BOUNDED, AwsAction.ATTACH_ROLE_POLICY, ownRole())
                .onTagged(OWNED)
                .bounded(BOUNDARY);
        return List.of(
                attach.as("attaches AdministratorAccess").about("arn:aws:iam::aws:policy/AdministratorAccess"),
                attach.as("attaches a policy of the account with the name of an allowed AWS managed policy")
                        .about(policy("AmazonS3ReadOnlyAccess")),
                attach.as("attaches an AWS managed policy under another path than the allowed one")
                        .about("arn:aws:iam::aws:policy/service-role/AmazonS3ReadOnlyAccess"),
                attach.as("attaches its own policy to a role").about(policy("irsa-operator")),
                attach.as("attaches an allowed policy to a role with another boundary")
                        .bounded(UNLISTED)
                        .about(ALLOWED),
                Attempt.of(
                                "attaches an allowed policy to a role without a boundary",
                                BOUNDED,
                                AwsAction.ATTACH_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED)
                        .about(ALLOWED),
                Attempt.of(
                                "attaches a policy that is not allowed, with no required boundary",
                                UNBOUNDED,
                                AwsAction.ATTACH_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED)
                        .about("arn:aws:iam::aws:policy/AdministratorAccess"),
                Attempt.of(
                                "attaches a policy with neither boundary nor policies configured",
                                BARE,
                                AwsAction.ATTACH_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED)
                        .bounded(BOUNDARY)
                        .about(ALLOWED),
                Attempt.of(
                                "puts an inline policy on a role without a boundary",
                                BOUNDED,
                                AwsAction.PUT_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED),
                Attempt.of(
                                "puts an inline policy on a role with another boundary",
                                BOUNDED,
                                AwsAction.PUT_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED)
                        .bounded(UNLISTED),
                Attempt.of(
                                "puts an inline policy with no required boundary",
                                UNBOUNDED,
                                AwsAction.PUT_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED)
                        .bounded(BOUNDARY));
    }

    private static List<Attempt> boundaries() {
        Attempt trust = Attempt.of("changes a trust policy", ADOPTING, AwsAction.UPDATE_ASSUME_ROLE_POLICY, ELSEWHERE)
                .onTagged(OWNED);
        return List.of(
                trust.as("changes the trust policy of an adopted role that never had a boundary"),
                trust.as("changes the trust policy of an adopted role that has another boundary")
                        .bounded(UNLISTED),
                trust.as("changes the trust policy of an adopted role whose boundary has the start of a listed one")
                        .bounded(BOUNDARY + "-not"),
                Attempt.of(
                                "changes the trust policy of a role that lost its boundary",
                                BOUNDED,
                                AwsAction.UPDATE_ASSUME_ROLE_POLICY,
                                ownRole())
                        .onTagged(OWNED),
                Attempt.of(
                                "sets a boundary that is not listed",
                                BOUNDED,
                                AwsAction.PUT_ROLE_PERMISSIONS_BOUNDARY,
                                ownRole())
                        .onTagged(OWNED)
                        .bounded(UNLISTED),
                Attempt.of(
                                "sets a boundary with no required boundary",
                                UNBOUNDED,
                                AwsAction.PUT_ROLE_PERMISSIONS_BOUNDARY,
                                ownRole())
                        .onTagged(OWNED)
                        .bounded(BOUNDARY),
                Attempt.of(
                                "removes the boundary of its own role",
                                BOUNDED,
                                "iam:DeleteRolePermissionsBoundary",
                                ownRole())
                        .onTagged(OWNED)
                        .bounded(BOUNDARY),
                Attempt.of(
                                "removes the boundary of an adopted role",
                                ADOPTING,
                                "iam:DeleteRolePermissionsBoundary",
                                ELSEWHERE)
                        .onTagged(OWNED)
                        .bounded(BOUNDARY));
    }

    private static List<Attempt> tags() {
        Map<String, String> consentToAnother = Map.of("irsa.dev/adoptable-by", "staging/a/b");
        Attempt own = Attempt.of("tags its own role", BOUNDED, AwsAction.TAG_ROLE, ownRole())
                .onTagged(OWNED);
        Attempt foreign = Attempt.of("tags a role", ADOPTING, AwsAction.TAG_ROLE, ELSEWHERE);
        return List.of(
                own.as("gives its own role to another cluster").requesting(Map.of(OwnershipTags.CLUSTER, "staging")),
                own.as("gives its own role to another cluster with tag keys in another case")
                        .requesting(Map.of("IRSA.dev/Cluster", "staging")),
                own.as("lets another cluster adopt its own role").requesting(consentToAnother),
                own.as("lets a cluster whose name starts with its own adopt its role")
                        .requesting(Map.of("irsa.dev/adoptable-by", "production2/a/b")),
                foreign.as("writes consent to an adoption on a foreign role of an adoption path")
                        .requesting(CONSENT),
                foreign.as("writes consent and ownership at once on a foreign role")
                        .requesting(and(OWNED, "irsa.dev/adoptable-by", "production/payments/invoices")),
                Attempt.of(
                                "writes consent on a role without tags under its path",
                                BOUNDED,
                                AwsAction.TAG_ROLE,
                                ownRole())
                        .requesting(CONSENT),
                Attempt.of(
                                "writes consent and ownership at once on a role without tags under its path",
                                BOUNDED,
                                AwsAction.TAG_ROLE,
                                ownRole())
                        .requesting(and(OWNED, "irsa.dev/adoptable-by", "staging/a/b")));
    }

    private static List<Attempt> adoption() {
        Attempt adopt = Attempt.of("adopts a role", ADOPTING, AwsAction.TAG_ROLE, ELSEWHERE)
                .onTagged(CONSENT);
        List<Attempt> all = new ArrayList<>(List.of(
                adopt.as("adopts a role for another cluster").requesting(OTHERS),
                adopt.as("adopts a role that is still another cluster's")
                        .requesting(OWNED)
                        .onTagged(OTHERS),
                adopt.as("adopts a role and lets another cluster adopt it")
                        .requesting(and(OWNED, "irsa.dev/adoptable-by", "staging/a/b")),
                adopt.as("changes other tags of a consenting role before the adoption")
                        .requesting(Map.of("team", "admin"))));
        OWNED.keySet()
                .forEach(key ->
                        all.add(adopt.as("adopts a role without the tag " + key).requesting(without(OWNED, key))));
        return all;
    }
}
