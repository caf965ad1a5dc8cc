package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.reconcile.Examples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ChangeDescriptionTest {
    private static final PolicyDocument DOCUMENT = PolicyDocument.parse("{\"Id\":\"x\"}");
    private static final Optional<ServiceAccountChange.Successor> SUCCESSOR =
            Optional.of(new ServiceAccountChange.Successor("ledger", "uid"));

    static final List<Object[]> CHANGES = List.of(
            row(new RoleChange.CreateRole(Examples.role()), "created role " + Examples.ARN),
            row(
                    new RoleChange.PutRolePermissionsBoundary("r", "arn:b"),
                    "set the permissions boundary of role r to arn:b"),
            row(
                    new RoleChange.UpdateAssumeRolePolicy("r", DOCUMENT, Optional.of(DOCUMENT)),
                    "set the trust policy of role r"),
            row(
                    new RoleChange.UpdateRole("r", "d", 3600),
                    "set the maximum session duration of role r to 3600 s and its description to \"d\""),
            row(new RoleChange.TagRole("r", new TreeMap<>(Map.of("a", "b"))), "tagged role r with {a=b}"),
            row(new RoleChange.UntagRole("r", Set.of("a")), "removed the tags [a] from role r"),
            row(new RoleChange.AttachRolePolicy("r", "arn:p"), "attached policy arn:p to role r"),
            row(new RoleChange.PutRolePolicy("r", "p", DOCUMENT), "put inline policy p into role r"),
            row(new RoleChange.DetachRolePolicy("r", "arn:p"), "detached policy arn:p from role r"),
            row(new RoleChange.DeleteRolePolicy("r", "p"), "deleted inline policy p of role r"),
            row(new RoleChange.DeleteRole("r"), "deleted role r"),
            row(
                    new ServiceAccountChange.CreateServiceAccount("a", new TreeMap<>(Map.of("k", "v"))),
                    "created ServiceAccount a with {k=v}"),
            row(
                    new ServiceAccountChange.AnnotateServiceAccount(
                            "a", "uid", true, new TreeMap<>(Map.of("k", "v")), Set.of("l")),
                    "annotated ServiceAccount a with {k=v}, without [l]"),
            row(
                    new ServiceAccountChange.ReleaseServiceAccount("a", "uid", true, Set.of("k"), Optional.empty()),
                    "removed [k] from ServiceAccount a"),
            row(
                    new ServiceAccountChange.ReleaseServiceAccount("a", "uid", true, Set.of("k"), SUCCESSOR),
                    "removed [k] from ServiceAccount a, which is handed over to IamServiceAccount ledger"),
            row(
                    new ServiceAccountChange.ReleaseServiceAccount("a", "uid", true, Set.of(), SUCCESSOR),
                    "handed ServiceAccount a over to IamServiceAccount ledger"));

    @ParameterizedTest
    @FieldSource("CHANGES")
    void describesAnAppliedChange(Change change, String description) {
        assertThat(change.describeDone()).isEqualTo(description);
    }

    private static Object[] row(Change change, String description) {
        return new Object[] {change, description};
    }
}
