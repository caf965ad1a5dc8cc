package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.api.v1alpha1.RoleStatus;
import dev.irsa.api.v1alpha1.ServiceAccountStatus;
import dev.irsa.desired.DesiredRole;
import dev.irsa.desired.Origin;
import dev.irsa.desired.RoleIdentity;
import dev.irsa.ownership.Owner;
import dev.irsa.policy.PolicyDocument;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The resource payments/invoices and its role. */
final class Examples {
    static final String NAME = "prod_payments_invoices";
    static final String ARN = "arn:aws:iam::111122223333:role/irsa/prod/" + NAME;
    static final RoleStatus ROLE_STATUS = new RoleStatus(NAME, ARN, "AROA1");
    static final ServiceAccountStatus ACCOUNT_STATUS = new ServiceAccountStatus("invoices", true);

    private Examples() {}

    static DesiredRole role() {
        Owner owner = new Owner("prod", "cluster-id", "https://oidc.example.com", "payments/invoices");
        return new DesiredRole(
                new RoleIdentity(NAME, "/irsa/prod/", ARN, owner),
                "",
                3600,
                Optional.empty(),
                new TreeMap<>(owner.tags()),
                PolicyDocument.parse("{\"Version\":\"2012-10-17\"}"),
                new TreeSet<>(),
                new TreeMap<>(),
                Origin.MADE);
    }

    /** Of generation 2, as the API server gives it out before the operator has seen it. */
    static IamServiceAccount resource() {
        IamServiceAccount resource = named("invoices", "2026-11-25T12:00:00Z");
        resource.setStatus(IamServiceAccountStatus.UNSEEN);
        return resource;
    }

    static IamServiceAccount named(String name, String created) {
        IamServiceAccount resource = new IamServiceAccount();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace("payments")
                .withName(name)
                .withUid("uid-of-" + name)
                .withGeneration(2L)
                .withCreationTimestamp(created)
                .build());
        resource.setSpec(IamServiceAccountSpec.DEFAULT);
        return resource;
    }

    /** One that was told these conditions before. */
    static IamServiceAccount told(Condition... conditions) {
        IamServiceAccount resource = resource();
        resource.setStatus(new IamServiceAccountStatus(2, ROLE_STATUS, ACCOUNT_STATUS, List.of(), List.of(conditions)));
        return resource;
    }

    static Condition condition(String type, String status, long generation, String reason, String message) {
        return new Condition(type, status, generation, "2026-01-01T00:00:00Z", reason, message);
    }
}
