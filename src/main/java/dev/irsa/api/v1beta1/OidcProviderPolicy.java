package dev.irsa.api.v1beta1;

/** What the operator does about the IAM OIDC provider for the cluster's issuer in an account. */
public enum OidcProviderPolicy {
    /** It checks that the provider exists and accepts the audiences. */
    Check,
    /** It also creates the provider, and adds missing audiences. */
    Create
}
