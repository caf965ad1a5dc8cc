package dev.irsa.drift;

import dev.irsa.desired.AwsAccount;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Issuer;
import dev.irsa.observed.ObservedPolicies;
import dev.irsa.observed.RoleState;
import dev.irsa.policy.PolicyFingerprint;
import dev.irsa.port.RoleListing.Detail;
import dev.irsa.port.RoleListing.Summary;
import java.util.Optional;
import java.util.TreeMap;

/** Roles of the resources of one cluster. */
final class Roles {
    static final ClusterIdentity CLUSTER = new ClusterIdentity(
            "prod",
            "cluster-id",
            new Issuer("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"),
            new AwsAccount("aws", "111122223333", ""),
            "/irsa/prod/");

    private Roles() {}

    /** The role of {@code payments/NAME}, under our path. */
    static Detail detail(String name) {
        return detail(name, "/irsa/prod/");
    }

    static Detail detail(String name, String path) {
        return new Detail(
                name,
                path,
                "arn:aws:iam::111122223333:role" + path + name,
                "AROA" + name,
                Optional.empty(),
                new TreeMap<>(CLUSTER.owner("payments", name).tags()),
                new PolicyFingerprint("trust", false),
                ObservedPolicies.NONE);
    }

    static Summary summary(String name) {
        return new Summary(name, "AROA" + name, "", 3600);
    }

    static RoleState role(String name) {
        return detail(name).with(summary(name));
    }
}
