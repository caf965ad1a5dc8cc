package dev.irsa.kubectl.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.port.AssociationReads;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwsReadsTest {
    private static AssociationReads failing(Failure failure) {
        return new AwsReads.UncertainAssociations(new AssociationReads() {
            @Override
            public List<Listed> list() {
                throw new FailureException(failure);
            }

            @Override
            public Optional<Listed> find(String namespace, String serviceAccount) {
                throw new FailureException(failure);
            }

            @Override
            public Optional<ObservedAssociation> describe(String id) {
                throw new FailureException(failure);
            }
        });
    }

    @Test
    void areNoneIfEksDoesNotKnowTheClusterOrTheUser() {
        for (Failure failure : List.of(
                new Failure.PodIdentityUnavailable("EKS has no cluster named prod"),
                new Failure.AccessDenied("eks:ListPodIdentityAssociations", "not authorized"))) {
            AssociationReads associations = failing(failure);

            assertThat(associations.list()).isEmpty();
            assertThat(associations.find("shop", "cart")).isEmpty();
            assertThat(associations.describe("a-1")).isEmpty();
        }
    }

    @Test
    void reportOtherFailures() {
        assertThatThrownBy(failing(FailureException.reconciling("later").failure())::list)
                .isInstanceOf(FailureException.class);
    }
}
