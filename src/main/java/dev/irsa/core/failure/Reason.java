package dev.irsa.core.failure;

/** Why a resource is not ready: the {@code reason} of its conditions, and part of the API. */
public enum Reason {
    /** The spec can never work. */
    InvalidSpec(true, Retry.WHEN_CHANGED),
    /** A policy template that the spec uses does not exist yet. */
    TemplateNotFound(false, Retry.SOON),
    /** A policy template that the spec uses is invalid. */
    TemplateInvalid(true, Retry.WHEN_CHANGED),
    /** No entitlement allows what the spec asks for. */
    NotEntitled(true, Retry.WHEN_CHANGED),
    /** The namespace is frozen: the operator makes no changes but removals. */
    NamespaceFrozen(true, Retry.WHEN_CHANGED),
    /** The cluster has no IamAccount with the name in the spec. */
    AccountNotFound(true, Retry.SLOWLY),
    /** The IamAccount in the spec cannot be used: it names the account of the operator, or that of an older IamAccount. */
    AccountInvalid(true, Retry.SLOWLY),
    /** The IamAccount in the spec says that its account is abandoned. */
    AccountAbandoned(true, Retry.SLOWLY),
    /** The credentials for the IamAccount in the spec belong to another account. */
    AccountMismatch(true, Retry.SLOWLY),
    /** A role of that name does not belong to this resource. */
    RoleConflict(true, Retry.SLOWLY),
    /** Another resource or user annotated the ServiceAccount with another role. */
    ServiceAccountConflict(true, Retry.WHEN_CHANGED),
    /** The ServiceAccount does not exist, and the operator may not create it. */
    ServiceAccountMissing(false, Retry.WHEN_CHANGED),
    /** The account has no OIDC provider for the cluster's issuer, or the audience is missing. */
    OidcProviderMissing(true, Retry.SLOWLY),
    /** The operator is missing a permission. */
    AccessDenied(true, Retry.SLOWLY),
    /** A quota of the account is exhausted. */
    QuotaExceeded(true, Retry.SLOWLY),
    /** AWS rejected a policy document, for example because a principal does not exist yet. */
    MalformedPolicy(true, Retry.SLOWLY),
    /** A managed policy does not exist. */
    PolicyNotFound(true, Retry.SLOWLY),
    /** The role of others that the spec names does not exist. */
    RoleNotFound(true, Retry.SLOWLY),
    /** The trust policy of the role of others that the spec names does not admit the ServiceAccount. */
    TrustMissing(true, Retry.SLOWLY),
    /** A policy on the role may be an incident response and is not replaced. */
    PolicyProtected(true, Retry.SLOWLY),
    /** The cluster or a pod of the ServiceAccount cannot use EKS Pod Identity. */
    PodIdentityUnavailable(true, Retry.SLOWLY),
    /** The ServiceAccount has an association that does not belong to this resource. */
    AssociationConflict(true, Retry.SLOWLY),
    /** Running pods still use the credentials that are to be withdrawn. */
    WaitingForPods(false, Retry.SOON),
    /** AWS is throttling calls. */
    Throttled(false, Retry.SOON),
    /** AWS cannot be reached or answers with a server error. */
    AwsUnavailable(false, Retry.SOON),
    /** The operator has no valid credentials for AWS. */
    CredentialsUnavailable(false, Retry.SOON),
    /** The API server cannot be reached or answers with a server error. */
    KubernetesUnavailable(false, Retry.SOON),
    /** An internal error of the operator; its log has the stack trace. */
    InternalError(false, Retry.SOON),
    /** The operator continues: AWS has not shown a write everywhere yet, or something changed during the reconcile. */
    Reconciling(false, Retry.SOON),
    /** The user suspended the resource. */
    Suspended(false, Retry.WHEN_CHANGED),
    /** The deletion cannot finish yet. */
    DeletionBlocked(false, Retry.SOON);

    private final boolean stalled;
    private final Retry retry;

    Reason(boolean stalled, Retry retry) {
        this.stalled = stalled;
        this.retry = retry;
    }

    /** Returns whether only a user can resolve it. */
    public boolean stalled() {
        return stalled;
    }

    /** Returns when the reconcile is retried. */
    public Retry retry() {
        return retry;
    }
}
