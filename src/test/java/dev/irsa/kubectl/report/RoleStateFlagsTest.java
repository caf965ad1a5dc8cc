package dev.irsa.kubectl.report;

import static dev.irsa.fixtures.report.GrantedRole.NOW;
import static dev.irsa.fixtures.report.GrantedRole.allow;
import static dev.irsa.fixtures.report.GrantedRole.deny;
import static dev.irsa.fixtures.report.GrantedRole.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.RoleUse;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.access.Grant.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The flags {@code no-boundary}, {@code not-entitled}, {@code unused}, and {@code quarantined}. */
class RoleStateFlagsTest extends FlagTestBase {
    @Test
    void anOrdinaryRoleHasNone() {
        assertThat(flags(role().inline("s3", allow("s3:GetObject s3:PutObject", "arn:aws:s3:::invoices/*"))))
                .isEmpty();
    }

    @Test
    void noBoundaryIsAboutEveryRoleWithoutOne() {
        assertThat(flags(role().boundary(Optional.empty())))
                .containsOnlyKeys("no-boundary")
                .containsEntry("no-boundary", List.of("the role has no permissions boundary"));
        assertThat(flags(role())).isEmpty();
    }

    @Test
    void notEntitledIsAboutAResourceThatNoEntitlementAllows() {
        Grant grant = role().grant("shop", "cart");

        assertThat(flags(List.of(resource("NotEntitled", "")), grant))
                .containsEntry("not-entitled", List.of("the message"));
        assertThat(flags(List.of(resource("InvalidSpec", "")), grant))
                .containsEntry("not-entitled", List.of("no IamEntitlement allows the IamServiceAccount"));
        assertThat(flags(List.of(resource("InvalidSpec", "entitlement: default")), grant))
                .isEmpty();
        assertThat(flags(List.of(resource("NamespaceFrozen", "entitlement: default")), grant))
                .isEmpty();
        assertThat(flags(List.of(), role().grant("shop", "cart", Link.annotation)))
                .isEmpty();
    }

    @Test
    void unusedIsAboutNinetyDays() {
        Instant old = NOW.minus(Duration.ofDays(91));
        Instant recent = NOW.minus(Duration.ofDays(89));

        assertThat(flags(role().use(new RoleUse(old, Optional.empty()))))
                .containsEntry("unused", List.of("IAM knows of no use since it was created at " + old));
        assertThat(flags(role().use(new RoleUse(old, Optional.of(new RoleUse.LastUse(old, "eu-west-1"))))))
                .containsEntry("unused", List.of("it was last used at " + old));
        assertThat(flags(role().use(new RoleUse(recent, Optional.empty())))).isEmpty();
        assertThat(flags(role().use(new RoleUse(old, Optional.of(new RoleUse.LastUse(recent, ""))))))
                .isEmpty();
    }

    @Test
    void quarantinedIsAboutPoliciesThatCutTheRoleOff() {
        documents.put(DENY_ALL, document(deny("*", "*")));
        String custom = "arn:aws:iam::111122223333:policy/stop";
        documents.put(custom, document(deny("*", "*")));

        assertThat(flags(role().managed(DENY_ALL)))
                .containsEntry("quarantined", List.of("policy " + DENY_ALL + " denies it all access"));
        assertThat(flags(role().managed(custom))).containsKey("quarantined");
        assertThat(flags(role().inline("AWSDenyAll", deny("*", "*")))).containsKey("quarantined");
    }

    @Test
    void quarantinedLeavesGuardrailsAlone() {
        String older = deny("*", "*")
                .replace(
                        "\"Action\"",
                        "\"Condition\": {\"DateLessThan\": {\"aws:TokenIssueTime\": \"2026-12-01T00:00:00Z\"}}, \"Action\"");
        Grant guarded = role().inline("guard", deny("*", "*")).grant("shop", "cart");

        assertThat(flags(role().inline("AWSRevokeOlderSessions", older))).isEmpty();
        assertThat(flags(role().inline("guard", deny("iam:*", "*")))).isEmpty();
        assertThat(flags(List.of(resource("Ready", "entitlement: default")), guarded))
                .as("the operator wrote it, because the spec has it")
                .isEmpty();
        assertThat(flags(List.of(), guarded)).containsKey("quarantined");
    }
}
