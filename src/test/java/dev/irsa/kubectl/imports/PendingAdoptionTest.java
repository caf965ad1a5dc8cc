package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.text.PlainText;
import dev.irsa.fixtures.plan.SampleRoles;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PendingAdoptionTest {
    private static final String ARN = "arn:aws:iam::111122223333:role/cart";

    static Stream<Change> ownership() {
        return Stream.of(
                new TagRole("cart", new TreeMap<>(Map.of("irsa.dev/owner", "shop/cart", "irsa.dev/cluster", "prod"))),
                new TagRole("cart", new TreeMap<>(Map.of("irsa.dev/user-tags", ""))),
                new UntagRole("cart", Set.of("irsa.dev/adoptable-by")));
    }

    static Stream<Change> more() {
        return Stream.of(
                new TagRole("cart", new TreeMap<>(Map.of("irsa.dev/owner", "shop/cart", "team", "shop"))),
                new TagRole("cart", new TreeMap<>(Map.of("team", "irsa.dev/owner=x"))),
                new UntagRole("cart", Set.of("team")),
                new AttachRolePolicy("cart", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
                new DetachRolePolicy("cart", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
                // New pods would get the role, because the annotation is planned only if it is not there yet.
                new AnnotateServiceAccount(
                        "cart", "uid", "1", false, new TreeMap<>(Map.of("eks.amazonaws.com/role-arn", ARN)), Set.of()),
                new AnnotateServiceAccount(
                        "cart",
                        "uid",
                        "1",
                        false,
                        new TreeMap<>(Map.of("eks.amazonaws.com/role-arn", ARN)),
                        Set.of("eks.amazonaws.com/audience")));
    }

    private static IamServiceAccount pending(Change change) {
        return Serialization.unmarshal(
                Serialization.asJson(Map.of(
                        "apiVersion",
                        "irsa.dev/v1beta1",
                        "kind",
                        "IamServiceAccount",
                        "status",
                        Map.of("pendingChanges", List.of(PlainText.of(change.describe()))))),
                IamServiceAccount.class);
    }

    @ParameterizedTest
    @MethodSource("ownership")
    void leavesOutWhoseTheRoleIs(Change change) {
        assertThat(PendingAdoption.changesBeyondOwnership(pending(change))).isEmpty();
    }

    @Test
    void recognizesTheClaimOfTheRole() {
        Owner owner = SampleRoles.IDENTITY.owner();
        Ownership offered = Ownership.of(owner, owner.offerTags(Map.of()));
        SortedMap<String, String> claim = ((Ownership.Adoptable) offered).claim();

        assertThat(PendingAdoption.claimsRole(pending(new TagRole("cart", claim))))
                .isTrue();
        assertThat(ownership().map(PendingAdoptionTest::pending)).noneMatch(PendingAdoption::claimsRole);
        assertThat(more().map(PendingAdoptionTest::pending)).noneMatch(PendingAdoption::claimsRole);
    }

    @ParameterizedTest
    @MethodSource("more")
    void showsEverythingElse(Change change) {
        assertThat(PendingAdoption.changesBeyondOwnership(pending(change)))
                .containsExactly(PlainText.of(change.describe()));
    }
}
