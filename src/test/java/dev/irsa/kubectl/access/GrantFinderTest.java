package dev.irsa.kubectl.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.irsa.core.access.Answer;
import dev.irsa.core.access.ClusterTrust;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.access.Grant.Link;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.Inventory;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GrantFinderTest {
    private static final String ISSUER = "issuer.example.com/id";
    private static final String ROLE = "arn:aws:iam::111122223333:role/objects";
    private static final String CLUSTER = "arn:aws:eks:eu-west-1:111122223333:cluster/prod";
    private static final List<ClusterTrust.Provider> PROVIDERS = List.of(new ClusterTrust.Provider(
            "arn:aws:iam::111122223333:oidc-provider/" + ISSUER, Optional.of(Set.of("sts.amazonaws.com"))));

    private static final String IRSA = """
            {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
             "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/issuer.example.com/id"},
             "Condition": {"StringEquals": {"issuer.example.com/id:sub": ["system:serviceaccount:shop:cart",
               "system:serviceaccount:shop:gone"]}}}""";
    private static final String POD_IDENTITY = """
            {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Principal": {"Service": "pods.eks.amazonaws.com"},
             "Condition": {"StringEquals": {"aws:RequestTag/eks-cluster-arn": "%s"}}}""";

    private static AccountRole role(String... statements) {
        return new AccountRole(
                ROLE,
                new TreeMap<>(),
                new RoleUse(Instant.EPOCH, Optional.empty()),
                PolicyDocument.parse("{\"Statement\": [" + String.join(",", statements) + "]}"),
                new TreeMap<>(),
                new TreeSet<>(),
                Optional.empty());
    }

    private static Workload account(String name, Map<String, String> annotations) {
        return new Workload("shop", name, new TreeMap<>(), new TreeMap<>(annotations), new TreeMap<>());
    }

    private static boolean mayAdmit(PolicyDocument trust) {
        return finder().mayAdmit(ROLE, trust);
    }

    private static GrantFinder finder() {
        return finder(new Association("a-1", Optional.of(ROLE)));
    }

    /** The cluster has two ServiceAccounts, and an association of one of them. */
    private static GrantFinder finder(Association association) {
        Inventory inventory = new Inventory(
                List.of(account("cart", Map.of("eks.amazonaws.com/role-arn", ROLE)), account("mail", Map.of())),
                List.of(),
                Optional.empty(),
                Optional.of(Map.of(new AccountKey("shop", "mail"), association)),
                Map.of(),
                new Inventory.Accounts(new TreeMap<>(), new TreeMap<>()));
        return new GrantFinder(inventory, ISSUER, List.of("old.example.com/id/1"), Optional.of(CLUSTER));
    }

    @Test
    void namesExistingServiceAccountsThatTheTrustPolicyAdmits() {
        assertThat(finder().grants(role(IRSA, POD_IDENTITY.formatted(CLUSTER)), PROVIDERS))
                .extracting(grant -> grant.serviceAccount().name(), Grant::link, Grant::condition)
                .containsExactly(
                        tuple("cart", Link.annotation, Optional.empty()),
                        tuple("mail", Link.association, Optional.empty()));
    }

    /** The association is not enough. */
    @Test
    void namesNoServiceAccountThatTheTrustPolicyRefuses() {
        assertThat(finder().grants(role(POD_IDENTITY.formatted(CLUSTER + "-2")), PROVIDERS))
                .isEmpty();
        assertThat(finder().grants(role(IRSA.replace("issuer.example.com/id", "issuer.example.com/other")), PROVIDERS))
                .isEmpty();
        assertThat(finder().grants(role(IRSA), List.of())).isEmpty();
    }

    @Test
    void readsOnlyRolesThatMayAdmitPods() {
        assertThat(mayAdmit(role(IRSA.replace("issuer", "ISSUER")).trust())).isTrue();
        assertThat(mayAdmit(role(POD_IDENTITY).trust())).isTrue();
        assertThat(mayAdmit(PolicyDocument.parse("{\"Statement\": {\"Principal\": \"*\"}}")))
                .isTrue();
        assertThat(mayAdmit(
                        PolicyDocument.parse("{\"Statement\": {\"Principal\": {\"Service\": \"ec2.amazonaws.com\"}}}")))
                .isFalse();
    }

    /** Pods get the credentials of the target role, whose trust policy names no pod. */
    @Test
    void findsTargetRoleOfAssociation() {
        AssociationOptions target = new AssociationOptions(Optional.of(ROLE), false, Optional.empty());
        String trust =
                "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"AWS\": \"arn:aws:iam::1:role/a\"}}";
        GrantFinder finder = finder(new Association("a-1", Optional.of("arn:aws:iam::1:role/a"), target));

        assertThat(finder.mayAdmit(ROLE, role(trust).trust())).isTrue();
        assertThat(finder.grants(role(trust), PROVIDERS))
                .extracting(grant -> grant.serviceAccount().name(), Grant::link, Grant::condition)
                .containsExactly(tuple(
                        "mail",
                        Link.association,
                        Optional.of("association a-1, which assumes it with role arn:aws:iam::1:role/a")));
    }

    @Test
    void optionsOfAssociationLeaveAnswerOpen() {
        AssociationOptions narrowed = new AssociationOptions(Optional.empty(), false, Optional.of("{}"));

        assertThat(finder(new Association("a-1", Optional.of(ROLE), narrowed))
                        .grants(role(POD_IDENTITY.formatted(CLUSTER)), PROVIDERS))
                .extracting(Grant::answer)
                .containsExactly(Answer.PERHAPS);
    }
}
