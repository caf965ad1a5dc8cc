package dev.irsa.core.text;

/** The pages that messages name. */
public enum Page {
    ADOPTION("ownership.md#adopt-a-role"),
    CONDITIONS("conditions.md"),
    INCIDENT("incident-response.md"),
    INCIDENT_END("incident-response.md#end-the-incident"),
    ISSUER("issuer.md"),
    PERMISSIONS("permissions.md"),
    REPORT_FLAGS("kubectl-irsa/report.md#flags"),
    RECREATED_ROLE("faq.md#a-role-was-deleted-and-created-again-and-another-account-denies-access"),
    RETAINED_ROLES("ownership.md#retained-roles"),
    REVOKE_ACCESS("entitlements.md#revoke-access"),
    ROLE_CONFLICT("ownership.md#resolve-a-roleconflict"),
    STUCK_DELETION("conditions.md#resources-stuck-in-deletion"),
    WRITE_ENTITLEMENT("entitlements.md#write-an-entitlement");

    private final String path;

    Page(String path) {
        this.path = path;
    }

    /** Returns the path of the page in the documentation, and the heading. */
    public String path() {
        return path;
    }

    /** Returns what ends a message: where its readers find more. */
    public String reference() {
        return "; see " + Documentation.HOME_ADDRESS + path;
    }
}
