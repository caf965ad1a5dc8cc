package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AssociationChangeTest {
    @Test
    void namesRoleServiceAccountAndAssociation() {
        Change create = new CreatePodIdentityAssociation("payments", "invoices", "arn:r", new TreeMap<>());
        Change update = new UpdatePodIdentityAssociation("a-1", "invoices", "arn:r", AssociationOptions.NONE);
        Change delete = new DeletePodIdentityAssociation("a-1", "invoices");

        assertThat(create.describe()).isEqualTo("associate role arn:r with ServiceAccount invoices");
        assertThat(create.describeDone()).isEqualTo("associated role arn:r with ServiceAccount invoices");
        assertThat(update.describe())
                .isEqualTo("set the role of association a-1 of ServiceAccount invoices to arn:r")
                .isEqualTo(update.describeDone());
        assertThat(delete.describe()).isEqualTo("delete association a-1 of ServiceAccount invoices");
        assertThat(delete.describeDone()).isEqualTo("deleted association a-1 of ServiceAccount invoices");
    }

    @Test
    void namesTheOptionsThatItRemoves() {
        Change update = new UpdatePodIdentityAssociation(
                "a-1", "invoices", "arn:r", new AssociationOptions(Optional.of("arn:other"), true, Optional.of("{}")));
        assertThat(update.describeDone())
                .isEqualTo("set the role of association a-1 of ServiceAccount invoices to arn:r, remove its target role"
                        + " arn:other, remove its session policy, enable its session tags");
    }
}
