package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TagChangesTest {
    private static final String NAME = SampleRoles.IDENTITY.name();
    private static final TagChanges NONE = new TagChanges(Optional.empty(), Optional.empty());
    private static final Map<String, String> TEAM = Map.of("team", "a");

    @Test
    void changesNothingIfTagsAreUpToDate() {
        assertThat(changes(TEAM, SampleRoles.withOurs(TEAM))).isEqualTo(NONE);
    }

    @Test
    void ignoresCaseOfKeysButNotOfValues() {
        assertThat(changes(TEAM, withOurs(TEAM, "TEAM", "a"))).isEqualTo(NONE);
        assertThat(changes(TEAM, withOurs(TEAM, "TEAM", "A"))).isEqualTo(set(Map.of("team", "a")));
    }

    @Test
    void replacesALookalikeKey() {
        assertThat(changes(Map.of("risk", "a"), SampleRoles.withOurs(Map.of("r\u0131sk", "a"))))
                .isEqualTo(new TagChanges(
                        Optional.of(new UntagRole(NAME, Set.of("r\u0131sk"))),
                        set(Map.of("risk", "a", UserTags.KEY, UserTags.record(Set.of("risk"))))
                                .set()));
    }

    @Test
    void setsMissingAndChangedTags() {
        assertThat(changes(Map.of("team", "a", "stage", "live"), SampleRoles.withOurs(Map.of("stage", "test"))))
                .isEqualTo(set(
                        Map.of("team", "a", "stage", "live", UserTags.KEY, UserTags.record(Set.of("team", "stage")))));
    }

    @Test
    void removesRecordedTagThatLeftSpec() {
        assertThat(changes(Map.of("stage", "live"), SampleRoles.withOurs(Map.of("team", "a", "stage", "live"))))
                .isEqualTo(new TagChanges(
                        Optional.of(new UntagRole(NAME, Set.of("team"))),
                        set(Map.of(UserTags.KEY, UserTags.record(Set.of("stage"))))
                                .set()));
    }

    @Test
    void removesRecordWithLastUserTag() {
        assertThat(changes(Map.of(), SampleRoles.withOurs(TEAM))).isEqualTo(removed("team", UserTags.KEY));
    }

    @Test
    void keepsTagsOfOtherUsers() {
        assertThat(changes(Map.of(), withOurs(Map.of(), "backup", "daily"))).isEqualTo(NONE);
    }

    /** Tags of AWS can be neither set nor removed, so a plan with one could never be completed. */
    @Test
    void keepsTagsOfAwsEvenIfTheRecordNamesThem() {
        SortedMap<String, String> found = withOurs(TEAM, "aws:cloudformation:stack-name", "eksctl-prod");
        found.put(UserTags.KEY, UserTags.record(Set.of("team", "aws:cloudformation:stack-name")));

        assertThat(changes(Map.of(), found)).isEqualTo(removed("team", UserTags.KEY));
    }

    @Test
    void withdrawsOfferOfRoleThatIsOurs() {
        assertThat(changes(Map.of(), withOurs(Map.of(), "IRSA.dev/Adoptable-By", "prod/payments/invoices")))
                .isEqualTo(removed("IRSA.dev/Adoptable-By"));
    }

    /** The record of user tags changes as well, but it grants nothing. */
    @Test
    void removesChangedUserTagFirstIfAsked() {
        Map<String, String> wanted = Map.of("team", "b", "stage", "live");
        SortedMap<String, String> found = withOurs(TEAM, "TEAM", "a");

        assertThat(TagChanges.of(SampleRole.tagged(wanted), SampleRole.observed(found), true)
                        .removed())
                .contains(new UntagRole(NAME, Set.of("TEAM")));
        assertThat(changes(wanted, found).removed()).isEmpty();
    }

    @Test
    void keepsUnchangedUserTagEvenIfChangedTagsAreRemovedFirst() {
        assertThat(TagChanges.of(SampleRole.tagged(TEAM), SampleRole.observed(SampleRoles.withOurs(TEAM)), true))
                .isEqualTo(NONE);
    }

    @Test
    void grantsUserTagsOnlyIfItSetsOne() {
        assertThat(changes(TEAM, SampleRoles.withOurs(Map.of())).grantsUserTags(SampleRole.desired()))
                .isTrue();
        assertThat(changes(Map.of("team", "a"), SampleRoles.withOurs(Map.of("team", "a", "stage", "x")))
                        .grantsUserTags(SampleRole.desired()))
                .isFalse();
        assertThat(NONE.grantsUserTags(SampleRole.desired())).isFalse();
    }

    private static TagChanges changes(Map<String, String> wanted, Map<String, String> found) {
        return TagChanges.of(SampleRole.tagged(wanted), SampleRole.observed(found), false);
    }

    private static TagChanges set(Map<String, String> tags) {
        return new TagChanges(Optional.empty(), Optional.of(new TagRole(NAME, new TreeMap<>(tags))));
    }

    private static TagChanges removed(String... keys) {
        return new TagChanges(Optional.of(new UntagRole(NAME, Set.of(keys))), Optional.empty());
    }

    /** Returns the tags of our role with one more, which replaces the user tag with the same key in another case. */
    private static SortedMap<String, String> withOurs(Map<String, String> user, String key, String value) {
        SortedMap<String, String> tags = new TreeMap<>(SampleRoles.withOurs(user));
        tags.keySet().removeIf(key::equalsIgnoreCase);
        tags.put(key, value);
        return tags;
    }
}
