package dev.irsa.kubectl.report;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.irsa.core.access.BroadAccess;
import dev.irsa.core.access.PrivilegeEscalation;
import dev.irsa.core.text.Page;
import java.util.List;
import java.util.Locale;

/** What a reviewer should look at. The names are part of the interface of the command. */
public enum Flag {
    NO_BOUNDARY("No permissions boundary limits what its policies allow", Page.WRITE_ENTITLEMENT),
    ANY_ACTION("A policy allows every action, or every action except some", Page.REPORT_FLAGS),
    ANY_RESOURCE("A policy allows writes to every resource, without a condition", Page.REPORT_FLAGS),
    PRIVILEGE_ESCALATION("It allows actions by which its holder can gain more than the role allows", Page.REPORT_FLAGS),
    WIDE_TRUST("Its trust policy admits more than the ServiceAccounts that are linked to the role", Page.REPORT_FLAGS),
    NOT_ENTITLED("No IamEntitlement allows what its IamServiceAccount requests", Page.REVOKE_ACCESS),
    UNUSED("No pod or user has used it for 90 days", Page.REPORT_FLAGS),
    QUARANTINED("A policy denies it all access", Page.INCIDENT);

    private final String meaning;
    private final Page page;

    Flag(String meaning, Page page) {
        this.meaning = meaning;
        this.page = page;
    }

    /** Returns why a role has the flag, each in words; none if it has not. */
    List<String> reasons(RoleFacts facts) {
        return switch (this) {
            case NO_BOUNDARY ->
                facts.access()
                        .boundary()
                        .map(boundary -> BroadAccess.allowsEverything(boundary)
                                ? List.of("the permissions boundary " + boundary.name() + " allows everything")
                                : List.<String>of())
                        .orElse(List.of("the role has no permissions boundary"));
            case ANY_ACTION ->
                BroadAccess.everyAction(facts.access()).stream()
                        .map(policy -> "policy " + policy + " allows every action that it does not exclude")
                        .toList();
            case ANY_RESOURCE ->
                BroadAccess.writesEverywhere(facts.access()).entrySet().stream()
                        .map(writes -> "policy " + writes.getKey() + " allows " + String.join(", ", writes.getValue())
                                + " on every resource")
                        .toList();
            case PRIVILEGE_ESCALATION -> PrivilegeEscalation.of(facts.access());
            case WIDE_TRUST ->
                facts.alsoAdmits().stream()
                        .map(other -> "the trust policy admits " + other)
                        .toList();
            case NOT_ENTITLED ->
                facts.resource().stream().flatMap(EntitlementFlag::reasons).toList();
            case UNUSED -> UnusedFlag.reasons(facts);
            case QUARANTINED -> QuarantineFlag.reasons(facts);
        };
    }

    /** Returns what the flag means, in a sentence without its period. */
    public String meaning() {
        return meaning;
    }

    /** Returns the page that says what to do. */
    public Page page() {
        return page;
    }

    /** Returns the name for people and programs, such as {@code no-boundary}. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
