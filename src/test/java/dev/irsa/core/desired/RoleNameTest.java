package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleNameTest {
    /** Generates names from few letters and all special cases, so that collisions are likely. */
    @Provide
    Arbitrary<Tuple3<String, String, String>> resources() {
        Arbitrary<String> clusters = Arbitraries.oneOf(
                Arbitraries.strings().withChars("aA_.-").ofMinLength(1).ofMaxLength(5),
                Arbitraries.strings().withChars("aA").ofMinLength(60).ofMaxLength(100));
        Arbitrary<String> namespaces = Arbitraries.oneOf(
                Arbitraries.strings().withChars("a-").ofMinLength(1).ofMaxLength(4),
                Arbitraries.strings().withChars("ab").ofMinLength(20).ofMaxLength(63));
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.strings().withChars("a-.").ofMinLength(1).ofMaxLength(4),
                Arbitraries.strings().withChars("ab").ofMinLength(20).ofMaxLength(63));
        return Combinators.combine(clusters, namespaces, names).as(Tuple::of);
    }

    @Property
    void derivesNameThatIamAccepts(@ForAll("resources") Tuple3<String, String, String> resource) {
        assertThat(name(resource)).hasSizeBetween(1, 64).matches("[a-z0-9+=,.@_-]+");
    }

    @Property(tries = 1000)
    void derivesUniqueNameRegardlessOfCase(
            @ForAll("resources") Tuple3<String, String, String> one,
            @ForAll("resources") Tuple3<String, String, String> other) {
        assertThat(name(one).equalsIgnoreCase(name(other))).isEqualTo(one.equals(other));
    }

    /** A spec may not choose a name of these forms, unless it is the derived name of its own resource. */
    @Property(tries = 2000)
    void derivesOnlyNamesOfAReservedForm(
            @ForAll("resources") Tuple3<String, String, String> resource, @ForAll boolean upperCase) {
        String name = upperCase ? name(resource).toUpperCase(Locale.ROOT) : name(resource);

        assertThat(RoleName.isPlain(resource.get1(), name) || RoleName.isHashed(name))
                .as(name)
                .isTrue();
    }

    @Property
    void keepsAllPartsIfNameHasNoHash(@ForAll("resources") Tuple3<String, String, String> resource) {
        String name = name(resource);
        if (!name.contains("__")) {
            assertThat(List.of(name.split("_", -1))).containsExactly(resource.get1(), resource.get2(), resource.get3());
        }
    }

    @Property
    void appendsHashIfNameWasChanged(@ForAll("resources") Tuple3<String, String, String> resource) {
        String plain = resource.get1() + "_" + resource.get2() + "_" + resource.get3();
        boolean unchanged = plain.length() <= 64
                && plain.equals(plain.toLowerCase(Locale.ROOT))
                && !resource.get1().contains("_");

        assertThat(name(resource).equals(plain)).isEqualTo(unchanged);
        assertThat(name(resource).matches(".*__[0-9a-f]{16}")).isEqualTo(!unchanged);
    }

    /** Never edit these rows. A changed name would orphan all existing roles with such names. */
    @ParameterizedTest
    @CsvSource({
        "prod, payments, invoices, prod_payments_invoices",
        "prod, payments, invoices.v2, prod_payments_invoices.v2",
        "a, b, c, a_b_c",
        "eu.prod-1, team-a, app, eu.prod-1_team-a_app",
        "Prod, payments, invoices, prod_payments_invoices__c813a3d9f70b6ae6",
        "prod_eu, payments, invoices, prod_eu_payments_invoices__f2db4e8466b356d2",
        "prod, payments, nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, prod_payments_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
        "prod, payments, nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, prod_payments_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn__26b6004bb3a64e09",
        "prod, payments, a-name-that-is-as-long-as-names-may-be-and-not-one-letter-more1, prod_payments_a-name-that-is-as-long-as-names-__439074a16ffab1ab",
        "p röd, payments, invoices, p-r-d_payments_invoices__023732e83787a525"
    })
    void derivesTheSameNameInEveryVersion(String cluster, String namespace, String name, String role) {
        assertThat(RoleName.derive(cluster, namespace, name)).isEqualTo(role);
    }

    private static String name(Tuple3<String, String, String> resource) {
        return RoleName.derive(resource.get1(), resource.get2(), resource.get3());
    }
}
