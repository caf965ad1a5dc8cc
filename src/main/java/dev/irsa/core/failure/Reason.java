package dev.irsa.core.failure;

/** Why a resource is not ready: the {@code reason} of its conditions, and part of the API. */
public enum Reason {
    /** The spec can never work. */
    InvalidSpec(true, Retry.WHEN_CHANGED),
    /** No guardrail allows what the spec asks for. */
    NotEntitled(true, Retry.WHEN_CHANGED),
    /** A role of that name is not this resource's. */
    RoleConflict(true, Retry.SLOWLY),
    /** Somebody else points the ServiceAccount at another role. */
    ServiceAccountConflict(true, Retry.WHEN_CHANGED),
    /** The operator may not create the ServiceAccount, and it is not there. */
    ServiceAccountMissing(false, Retry.WHEN_CHANGED),
    /** The account has no OIDC provider for the cluster's issuer, or it lacks the audience. */
    OidcProviderMissing(true, Retry.SLOWLY),
    /** The operator lacks a right. */
    AccessDenied(true, Retry.SLOWLY),
    /** The account's quota is used up. */
    QuotaExceeded(true, Retry.SLOWLY),
    /** AWS does not take the document: perhaps a principal that is not there yet. */
    MalformedPolicy(true, Retry.SLOWLY),
    /** A managed policy is not there. */
    PolicyNotFound(true, Retry.SLOWLY),
    /** AWS asks to slow down. */
    Throttled(false, Retry.SOON),
    /** AWS cannot be reached or answers with an error of its own. */
    AwsUnavailable(false, Retry.SOON),
    /** The operator has no valid credentials for AWS. */
    CredentialsUnavailable(false, Retry.SOON),
    /** The API server cannot be reached or answers with an error of its own. */
    KubernetesUnavailable(false, Retry.SOON),
    /** A defect of the operator itself; its log has the trace. */
    InternalError(false, Retry.SOON),
    /** Work goes on: IAM has not shown a write everywhere yet, or the world moved while it was looked at. */
    Reconciling(false, Retry.SOON),
    /** The user asked that nothing be changed. */
    Suspended(false, Retry.WHEN_CHANGED),
    /** The deletion cannot finish yet. */
    DeletionBlocked(false, Retry.SOON);

    private final boolean stalled;
    private final Retry retry;

    Reason(boolean stalled, Retry retry) {
        this.stalled = stalled;
        this.retry = retry;
    }

    /** Whether only a person can help. */
    public boolean stalled() {
        return stalled;
    }

    /** When it is tried again. */
    public Retry retry() {
        return retry;
    }
}
