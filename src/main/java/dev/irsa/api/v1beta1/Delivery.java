package dev.irsa.api.v1beta1;

/** A way in which pods obtain the credentials of their role. */
public enum Delivery {
    /** IAM Roles for Service Accounts: the trust policy admits the token, and an annotation names the role. */
    IRSA,
    /** EKS Pod Identity: an association of EKS names the role. */
    PodIdentity
}
