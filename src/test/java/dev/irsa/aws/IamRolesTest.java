package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.desired.TemplatePolicies;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.policy.PolicyDocument;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IamRolesTest {
    private static final PolicyDocument DOCUMENT = PolicyDocument.parse("{}");

    private static final List<RoleChange> CHANGES = List.of(
            new RoleChange.CreateRole(new DesiredRole(
                    new RoleIdentity("r", "/", "arn", new Owner("c", "id", "https://i", "ns/n", PreviousClusters.NONE)),
                    "",
                    3600,
                    Optional.empty(),
                    new TreeMap<>(),
                    DOCUMENT,
                    new TreeSet<>(),
                    new TreeMap<>(),
                    RoleOrigin.CREATED,
                    ConfiguredRoleTags.NONE,
                    PolicyProtection.DEFAULT,
                    TemplatePolicies.NONE,
                    RequiredPolicies.NONE)),
            new RoleChange.PutRolePermissionsBoundary("r", "b"),
            new RoleChange.UpdateAssumeRolePolicy("r", DOCUMENT, Optional.empty()),
            new RoleChange.UpdateRole("r", "", 3600),
            new RoleChange.TagRole("r", new TreeMap<>()),
            new RoleChange.UntagRole("r", Set.of("k")),
            new RoleChange.AttachRolePolicy("r", "p"),
            new RoleChange.PutRolePolicy("r", "p", DOCUMENT),
            new RoleChange.DetachRolePolicy("r", "p"),
            new RoleChange.DeleteRolePolicy("r", "p"),
            new RoleChange.DeleteRole("r"));

    @Test
    void changeNameMatchesAction() {
        assertThat(CHANGES.stream().<Class<?>>map(RoleChange::getClass)).containsExactlyInAnyOrderElementsOf(kinds());
        assertThat(CHANGES)
                .allSatisfy(change -> assertThat(IamRoles.action(change).id())
                        .isEqualTo("iam:" + change.getClass().getSimpleName()));
    }

    private static List<Class<?>> kinds() {
        return Stream.<Class<?>>of(RoleChange.class.getPermittedSubclasses()).toList();
    }
}
