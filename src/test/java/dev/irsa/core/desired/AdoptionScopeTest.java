package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdoptionScopeTest {
    private static final AdoptionScope SCOPE = AdoptionScope.of(
            List.of("/teams/"), List.of("/eksctl-prod-*", "/by/hand", "/by/*-role-*", "/by/**-role-*", "/by/hand"));

    @ParameterizedTest
    @CsvSource({
        "/teams/,           any,            true",
        "/teams/payments/,  any,            true",
        "/team/,            any,            false",
        "/,                 eksctl-prod-a,  true",
        "/,                 eksctl-prod-,   true",
        "/,                 eksctl-prod,    false",
        "/,                 eksctl-test-a,  false",
        "/,                 Eksctl-prod-a,  false",
        "/,                 my-eksctl-prod-a, false",
        "/eksctl-prod-/,    a,              false",
        "/eksctl-prod-a/,   eksctl-prod-a,  false",
        "/by/,              hand,           true",
        "/by/,              handy,          false",
        "/by/,              a-role-,        true",
        "/by/,              a-rol,          false",
        "/by/hand/,         hand,           false",
        "/,                 hand,           false"
    })
    void coversRolesUnderItsPathsAndThoseWithItsNames(String path, String name, boolean covered) {
        assertThat(SCOPE.covers(path, name)).isEqualTo(covered);
    }

    @Test
    void coversNothingIfNothingIsGiven() {
        assertThat(AdoptionScope.NONE.covers("/", "a")).isFalse();
    }

    @Test
    void hasEachPatternOnceAndInOrder() {
        assertThat(SCOPE.roleTexts()).containsExactly("/by/*-role-*", "/by/hand", "/eksctl-prod-*");
        assertThat(SCOPE).isEqualTo(AdoptionScope.of(SCOPE.paths(), SCOPE.roleTexts()));
    }

    @Test
    void leavesOutWhatIsUnderAPath() {
        assertThat(SCOPE.outside("/by/")).isEqualTo(AdoptionScope.of(List.of("/teams/"), List.of("/eksctl-prod-*")));
        assertThat(SCOPE.outside("/")).isEqualTo(AdoptionScope.NONE);
    }
}
