package dev.irsa.fake;

import static dev.irsa.fake.IamContract.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

/** What callers see while a write has not spread. */
class ConsistencyTest implements IamContract {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
    private final InMemoryIam iam = new InMemoryIam(now::get);

    @Override
    public IamClient iam() {
        return iam;
    }

    @Test
    void showsANewRoleAfterSomeReads() {
        iam.consistency().lag(2);
        create("a");

        assertRefused("NoSuchEntity", () -> get("a"));
        assertThat(iam.listRoles().roles()).isEmpty();

        assertThat(get("a").roleName()).isEqualTo("a");
        assertThat(iam.listRoles().roles()).hasSize(1);
    }

    @Test
    void showsANewRoleAfterSomeTime() {
        iam.consistency().lag(Duration.ofSeconds(10));
        create("a");

        now.updateAndGet(time -> time.plusSeconds(9));
        assertRefused("NoSuchEntity", () -> get("a"));
        now.updateAndGet(time -> time.plusSeconds(1));
        get("a");
    }

    @Test
    void attachesNothingToARoleItDoesNotSeeYet() {
        iam.consistency().lag(1);
        create("a");

        assertRefused(
                "NoSuchEntity", () -> iam.attachRolePolicy(r -> r.roleName("a").policyArn(POWER)));
        iam.attachRolePolicy(r -> r.roleName("a").policyArn(POWER));

        assertThat(iam.role("a").orElseThrow().attached()).containsExactly(POWER);
    }

    @Test
    void deniesWritesToARoleItDoesNotSeeYetWhenRightsAreScoped() {
        iam.faults().scopedRights(new ScopedRights("/irsa/", Map.of("owner", "us")));
        iam.consistency().lag(1);
        create("a", r -> r.path("/irsa/").tags(tag("owner", "us")));

        assertRefused(
                "AccessDenied", () -> iam.attachRolePolicy(r -> r.roleName("a").policyArn(POWER)));
        iam.attachRolePolicy(r -> r.roleName("a").policyArn(POWER));
    }

    @Test
    void knowsAtOnceThatANameIsTaken() {
        iam.consistency().lag(3);
        create("a");

        assertRefused("EntityAlreadyExists", () -> create("a"));
    }

    @Test
    void showsTheOldStateAfterAnUpdateWhileWritesMeetTheNewOne() {
        create("a", r -> r.description("old"));
        iam.consistency().lag(2);

        iam.updateRole(r -> r.roleName("a").description("new"));
        iam.tagRole(r -> r.roleName("a").tags(tag("team", "payments")));

        assertThat(get("a").description()).isEqualTo("old");
        assertThat(get("a").description()).isEqualTo("new");
        assertThat(iam.role("a").orElseThrow().description()).isEqualTo("new");
        assertThat(iam.role("a").orElseThrow().tags()).containsKey("team");
    }

    @Test
    void showsADeletedRoleForAWhileButDeletesItOnce() {
        create("a");
        iam.consistency().lag(2);
        iam.deleteRole(r -> r.roleName("a"));

        assertThat(get("a").roleName()).isEqualTo("a");
        assertRefused("NoSuchEntity", () -> iam.deleteRole(r -> r.roleName("a")));
        assertRefused("NoSuchEntity", () -> get("a"));
    }

    @Test
    void showsWritesAtOnceAgainWhenTold() {
        iam.consistency().lag(5);
        iam.consistency().immediate();
        create("a");

        get("a");
    }
}
