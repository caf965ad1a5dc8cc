package dev.irsa.core.permissions;

import dev.irsa.core.desired.AwsAccount;

/**
 * The cluster in EKS.
 *
 * <p>Source of the ARNs: "Actions, resources, and condition keys for Amazon Elastic Kubernetes Service" in the Service
 * Authorization Reference.
 *
 * @param name in EKS, which may differ from the configured name of the cluster
 */
public record EksCluster(String region, String name) {
    String arn(AwsAccount account) {
        return arn(account, "cluster/" + name);
    }

    /** Returns the ARN, with a wildcard, of the Pod Identity associations of the cluster. */
    String associations(AwsAccount account) {
        return arn(account, "podidentityassociation/" + name + "/*");
    }

    private String arn(AwsAccount account, String resource) {
        return "arn:" + account.partition() + ":eks:" + region + ":" + account.id() + ":" + resource;
    }
}
