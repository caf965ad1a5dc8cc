package dev.irsa.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.ownership.Owner;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AssociationStateTest {
    private static final Owner OWNER = SampleRoles.IDENTITY.owner();
    private static final String ARN = "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/a-1";

    private static AssociationState check(
            String namespace, String serviceAccount, SortedMap<String, String> tags, Optional<String> addOn) {
        return AssociationState.of(
                new ObservedAssociation(
                        "a-1", ARN, namespace, serviceAccount, SampleRoles.ARN, tags, addOn, AssociationOptions.NONE),
                "invoices",
                OWNER);
    }

    private static String refusal(AssociationState known) {
        return known instanceof AssociationState.Foreign(String id, String why) && id.equals("a-1") ? why : "";
    }

    @Test
    void isOursWithOurTagsForTheServiceAccount() {
        assertThat(check("payments", "invoices", OWNER.tags(), Optional.empty()))
                .isInstanceOf(AssociationState.Ours.class)
                .extracting(known -> AssociationPlanner.id(known).orElse(""))
                .isEqualTo("a-1");
    }

    @Test
    void isForeignWithoutOurTagsOrForAnotherServiceAccount() {
        String command = "aws eks delete-pod-identity-association --cluster-name prod --association-id a-1";
        assertThat(refusal(check("payments", "invoices", new TreeMap<>(), Optional.empty())))
                .endsWith(command);
        assertThat(refusal(check("payments", "ledger", OWNER.tags(), Optional.empty())))
                .endsWith(command);
        assertThat(refusal(check("other", "invoices", OWNER.tags(), Optional.empty())))
                .endsWith(command);
    }

    @Test
    void isForeignIfAnAddOnOwnsIt() {
        assertThat(refusal(check("payments", "invoices", OWNER.tags(), Optional.of("arn:addon"))))
                .startsWith("belongs to the EKS add-on arn:addon");
    }

    @Test
    void comparesTheClusterInTheArn() {
        String cluster = "arn:aws:eks:eu-west-1:111122223333:cluster/";
        assertThat(AssociationState.isInCluster(ARN, cluster + "prod")).isTrue();
        assertThat(AssociationState.isInCluster(ARN, cluster + "pro")).isFalse();
        assertThat(AssociationState.cluster(ARN)).isEqualTo("prod");
        assertThat(AssociationState.cluster("a-1")).isEqualTo("NAME");
    }
}
