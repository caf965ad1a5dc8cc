package dev.irsa.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.observed.RoleUse.LastUse;
import dev.irsa.core.ownership.RoleHolder;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.fixtures.sweep.SampleRoles;
import dev.irsa.fixtures.sweep.ScriptedListing;
import dev.irsa.port.RoleCounts;
import dev.irsa.port.RoleListing.Detail;
import dev.irsa.port.RoleListing.Summary;
import dev.irsa.port.SweepSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoleSweepTest {
    private final VirtualClock clock = new VirtualClock();
    private final ScriptedListing listing = new ScriptedListing();
    private final RoleSweep sweep = new RoleSweep(listing, clock);

    private static Detail edited(Detail role) {
        TreeMap<String, String> tags = new TreeMap<>(role.tags());
        tags.put("more", "1");
        return new Detail(
                role.name(), role.path(), role.arn(), role.id(), role.boundary(), tags, role.trust(), role.policies());
    }

    private SweepSnapshot read() {
        return sweep.read(SampleRoles.CLUSTER).snapshot();
    }

    @Test
    void mergesDetailsAndList() {
        listing.with("a", "b");

        assertThat(read())
                .isEqualTo(new SweepSnapshot(
                        clock.instant(),
                        Map.of("a", SampleRoles.role("a"), "b", SampleRoles.role("b")),
                        Set.of(),
                        Map.of("a", holder("a", false), "b", holder("b", false))));
        assertThat(listing.prefixes).containsExactly("/irsa/prod/");
    }

    private static RoleHolder holder(String name, boolean retained) {
        return new RoleHolder("payments", name, retained);
    }

    private void list(String name, Map<String, String> tags) {
        Detail ours = SampleRoles.detail(name);
        listing.details.add(new Detail(
                name, "/", "arn", "AROA" + name, ours.boundary(), new TreeMap<>(tags), ours.trust(), ours.policies()));
    }

    @Test
    void showsForWhichResourcesRolesWereRetained() {
        String cluster = SampleRoles.CLUSTER.name();
        list("retained", Map.of("Irsa.Dev/Adoptable-By", cluster + "/payments/r0"));
        list("elsewhere", Map.of("irsa.dev/adoptable-by", cluster + "-2/payments/r0"));
        list("owned", Map.of("irsa.dev/adoptable-by", cluster + "/payments/r0", "irsa.dev/cluster", "other"));
        list("nonsense", Map.of("irsa.dev/adoptable-by", cluster + "/payments"));

        assertThat(read().holders()).containsExactly(Map.entry("retained", holder("r0", true)));
        assertThat(read().roles()).isEmpty();
        assertThat(listing.prefixes).as("no further list is read for them").containsOnly("/irsa/prod/");
    }

    private void use(String name, int createdDaysAgo, OptionalInt usedDaysAgo) {
        listing.uses.put(
                name,
                new RoleUse(
                        daysAgo(createdDaysAgo),
                        usedDaysAgo.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new LastUse(daysAgo(usedDaysAgo.getAsInt()), "eu-west-1"))));
    }

    private Instant daysAgo(int days) {
        return clock.instant().minus(Duration.ofDays(days));
    }

    @Test
    void countsUnusedRoles() {
        listing.with("new", "idle", "rare", "forgotten", "busy", "of-unknown-age");
        listing.unreadable.add("broken");
        list("retained", Map.of("irsa.dev/adoptable-by", SampleRoles.CLUSTER.name() + "/payments/r0"));
        list("of-others", Map.of("team", "x"));
        use("new", 29, OptionalInt.empty());
        use("idle", 89, OptionalInt.empty());
        use("rare", 400, OptionalInt.of(31));
        use("forgotten", 400, OptionalInt.of(91));
        use("busy", 400, OptionalInt.of(1));
        use("broken", 400, OptionalInt.empty());
        use("retained", 91, OptionalInt.empty());
        use("of-others", 400, OptionalInt.empty());

        assertThat(counts().unused()).containsExactly(Map.entry(30, 5), Map.entry(90, 3));
        assertThat(counts().retained()).isOne();
    }

    private RoleCounts counts() {
        return sweep.read(SampleRoles.CLUSTER).counts();
    }

    @Test
    void countsRolesWithoutBoundaryOnce() {
        listing.with("a", "b").details.add(SampleRoles.detail("a"));
        Detail bounded = SampleRoles.detail("c");
        listing.details.add(new Detail(
                "c",
                bounded.path(),
                bounded.arn(),
                bounded.id(),
                Optional.of("arn:aws:iam::111122223333:policy/workloads"),
                bounded.tags(),
                bounded.trust(),
                bounded.policies()));
        list("of-others", Map.of("team", "x"));

        assertThat(counts().withoutBoundary()).isEqualTo(2);
    }

    @Test
    void startsBeforeFirstPage() {
        var began = clock.instant();
        listing.with("a").beforeDetails = () -> clock.pass(Duration.ofMinutes(5));

        assertThat(read().began()).isEqualTo(began);
    }

    @Test
    void dropsForeignRoles() {
        Detail ours = SampleRoles.detail("a");
        listing.details.add(new Detail(
                "foreign",
                "/",
                "arn",
                "AROAf",
                ours.boundary(),
                new TreeMap<>(Map.of("team", "x")),
                ours.trust(),
                ours.policies()));
        listing.summaries.add(new Summary("foreign", "AROAf", "", 3600));

        SweepSnapshot seen = read();
        assertThat(seen).isEqualTo(new SweepSnapshot(clock.instant(), Map.of(), Set.of(), Map.of(), Set.of("foreign")));
        assertThat(seen.shows("foreign")).isTrue();
    }

    @Test
    void roleOnlyInDetailsIsUnclear() {
        listing.with("a", "b").summaries.remove(SampleRoles.summary("b"));

        assertThat(read().roles()).containsOnlyKeys("a");
        assertThat(read().unclear()).containsExactly("b");
    }

    @Test
    void roleOnlyInListIsNotSeen() {
        listing.with("a").summaries.add(SampleRoles.summary("late"));

        assertThat(read().roles()).containsOnlyKeys("a");
        assertThat(read().unclear()).isEmpty();
    }

    @Test
    void roleRecreatedBetweenReadsIsUnclear() {
        listing.details.add(SampleRoles.detail("a"));
        listing.summaries.add(new Summary("a", "AROAanother", "", 3600));

        assertThat(read().roles()).isEmpty();
        assertThat(read().unclear()).containsExactly("a");
    }

    @Test
    void roleOnTwoEqualPagesIsSeenOnce() {
        listing.with("a").details.add(SampleRoles.detail("a"));

        assertThat(read().roles()).containsOnlyKeys("a");
        assertThat(read().unclear()).isEmpty();
    }

    @Test
    void roleOnTwoDifferentPagesIsUnclear() {
        listing.with("a").details.add(edited(SampleRoles.detail("a")));

        assertThat(read().roles()).isEmpty();
        assertThat(read().unclear()).containsExactly("a");
    }

    @Test
    void unreadableRoleIsUnclearAndHidesNoOther() {
        listing.with("a").unreadable.add("broken");

        assertThat(read().roles()).containsOnlyKeys("a");
        assertThat(read().unclear()).containsExactly("broken");
        assertThat(read().of("broken")).isEmpty();
    }

    @Test
    void seesOwnRolesUnderOtherPaths() {
        listing.with("a");
        listing.details.add(SampleRoles.detail("b", "/irsa/prod/below/"));
        listing.details.add(SampleRoles.detail("c", "/old/"));
        listing.summaries.add(SampleRoles.summary("b"));
        listing.summaries.add(SampleRoles.summary("c"));

        assertThat(read().roles()).containsOnlyKeys("a", "b", "c");
        assertThat(listing.prefixes).containsExactlyInAnyOrder("/irsa/prod/", "/old/");
    }

    /** Adopted roles often have the path /, which covers all others. */
    @Test
    void listsNoPathTwice() {
        listing.with("a");
        listing.details.add(SampleRoles.detail("b", "/"));
        listing.details.add(SampleRoles.detail("c", "/old/"));
        listing.summaries.add(SampleRoles.summary("b"));
        listing.summaries.add(SampleRoles.summary("c"));

        assertThat(read().roles()).containsOnlyKeys("a", "b", "c");
        assertThat(listing.prefixes).containsExactly("/");
    }

    @Test
    void listsRolePathWithoutRoles() {
        assertThat(read().roles()).isEmpty();
        assertThat(listing.prefixes).containsExactly("/irsa/prod/");
    }

    @Test
    void discardsPartialSweepWhenPageFails() {
        listing.with("a").throttled();

        assertThatThrownBy(this::read).isInstanceOf(FailureException.class);
        assertThat(listing.prefixes).isEmpty();
    }
}
