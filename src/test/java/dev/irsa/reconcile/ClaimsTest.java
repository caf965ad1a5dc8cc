package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.ServiceAccountSpec;
import dev.irsa.failure.Failure;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.plan.ServiceAccountChange.Heir;
import dev.irsa.port.Cluster;
import dev.irsa.port.ResourceRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final String OLD = "2026-11-25T12:00:00Z";
    private static final String NEW = "2026-11-25T12:00:01Z";

    @Test
    void theOldestHasIt() {
        IamServiceAccount older = claimant("b", OLD);
        IamServiceAccount younger = claimant("a", NEW);
        Claims claims = claims(younger, older);

        assertThat(claims.conflict(older)).isEmpty();
        assertThat(claims.conflict(younger))
                .contains(new Failure.ServiceAccountConflict("IamServiceAccount b is older and has the ServiceAccount"
                        + " shared; delete it, or name another in spec.serviceAccount.name"));
    }

    @Test
    void ofTwoTheSameAgeTheFirstByNameHasIt() {
        IamServiceAccount one = claimant("a", OLD);
        IamServiceAccount other = claimant("b", OLD);
        Claims claims = claims(one, other);

        assertThat(claims.conflict(one)).isEmpty();
        assertThat(claims.conflict(other)).isPresent();
    }

    @Test
    void theOldestOfManyIsNamed() {
        IamServiceAccount youngest = claimant("z", "2026-11-25T12:00:02Z");

        assertThat(claims(claimant("b", NEW), claimant("c", OLD), youngest)
                        .conflict(youngest)
                        .orElseThrow()
                        .message())
                .startsWith("IamServiceAccount c is older");
    }

    @Test
    void oneThatIsGoingHasNoClaim() {
        IamServiceAccount older = going(claimant("a", OLD));
        IamServiceAccount younger = claimant("b", NEW);

        assertThat(claims(older, younger).conflict(younger)).isEmpty();
        assertThat(claims(older, younger, going(claimant("c", OLD))).heir(older))
                .contains(new Heir("b", "uid-of-b"));
    }

    @Test
    void theNextOldestInherits() {
        IamServiceAccount oldest = going(claimant("a", OLD));

        assertThat(claims(claimant("z", NEW), oldest, claimant("y", NEW)).heir(oldest))
                .contains(new Heir("y", "uid-of-y"));
        assertThat(claims(oldest).heir(oldest)).isEmpty();
    }

    private static IamServiceAccount going(IamServiceAccount resource) {
        resource.getMetadata().setDeletionTimestamp("2026-11-25T13:00:00Z");
        return resource;
    }

    private static IamServiceAccount claimant(String name, String created) {
        IamServiceAccount resource = Examples.named(name, created);
        var spec = IamServiceAccountSpec.DEFAULT;
        resource.setSpec(new IamServiceAccountSpec(
                new ServiceAccountSpec("shared", Management.Manage),
                spec.role(),
                spec.policies(),
                spec.token(),
                null,
                false));
        return resource;
    }

    private static Claims claims(IamServiceAccount... claimants) {
        return new Claims(new Cluster() {
            @Override
            public List<IamServiceAccount> claimants(String namespace, String serviceAccount) {
                assertThat(namespace + "/" + serviceAccount).isEqualTo("payments/shared");
                return List.of(claimants);
            }

            @Override
            public ObservedServiceAccount serviceAccount(String namespace, String name) {
                throw new AssertionError("claims are about resources");
            }

            @Override
            public void hold(ResourceRef resource) {
                throw new AssertionError("claims write nothing");
            }

            @Override
            public void letGo(ResourceRef resource) {
                throw new AssertionError("claims write nothing");
            }

            @Override
            public void apply(ResourceRef resource, ServiceAccountChange change) {
                throw new AssertionError("claims write nothing");
            }
        });
    }
}
