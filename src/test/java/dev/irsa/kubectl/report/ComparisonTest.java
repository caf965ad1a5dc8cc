package dev.irsa.kubectl.report;

import static dev.irsa.fixtures.report.GrantedRole.allow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.RoleUse;
import dev.irsa.fixtures.report.GrantedRole;
import dev.irsa.fixtures.report.SampleAccess;
import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.access.Grant.Link;
import dev.irsa.kubectl.get.NotRead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static AccessReport report(Grant... grants) {
        return new ReportBuilder(SampleAccess.sources(List.of(grants)), GrantedRole.NOW).report();
    }

    private static GrantedRole cart() {
        return GrantedRole.trusting("shop", "cart");
    }

    private static String changes(AccessReport earlier, AccessReport later) {
        return Comparer.compare(earlier, later).format();
    }

    @Test
    void findsNothingBetweenEqualReports() {
        assertThat(changes(SampleAccess.report(50), SampleAccess.report(50)))
                .isEqualTo("Nothing has changed since 2026-12-01T00:00:00Z.\n");
    }

    @Test
    void findsNewAndLostRoles() {
        Grant mail =
                GrantedRole.trusting("shop", "mail").boundary(Optional.empty()).grant("shop", "mail");

        assertThat(changes(report(cart().grant("shop", "cart")), report(mail))).isEqualTo("""
                Changes since 2026-12-01T00:00:00Z:

                arn:aws:iam::111122223333:role/irsa/prod/prod_shop_cart
                  - ServiceAccount shop/cart

                arn:aws:iam::111122223333:role/irsa/prod/prod_shop_mail
                  + ServiceAccount shop/mail, linked by IamServiceAccount
                  + flag no-boundary
                """);
    }

    @Test
    void findsWhatChangedAboutARole() {
        GrantedRole before = cart().inline("same", allow("s3:GetObject s3:ListBucket", "*"))
                .inline("edited", allow("s3:GetObject", "arn:aws:s3:::a"))
                .inline("lost", allow("s3:GetObject", "arn:aws:s3:::a"));
        GrantedRole after = cart().inline("same", allow("s3:ListBucket s3:GetObject", "*"))
                .inline("edited", allow("s3:GetObject", "arn:aws:s3:::b"))
                .inline("new", allow("s3:PutObject", "*"))
                .boundary(Optional.of("arn:aws:iam::111122223333:policy/other"))
                .alsoTrusting("{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\"}");

        assertThat(changes(
                        report(
                                before.grant("shop", "cart", Link.annotation),
                                before.grant("shop", "old", Link.annotation)),
                        report(after.grant("shop", "cart"), after.grant("shop", "new", Link.trustPolicy))))
                .isEqualTo("""
                Changes since 2026-12-01T00:00:00Z:

                arn:aws:iam::111122223333:role/irsa/prod/prod_shop_cart
                  ~ ServiceAccount shop/cart, linked by IamServiceAccount instead of annotation
                  + ServiceAccount shop/new, linked by trust policy only
                  - ServiceAccount shop/old
                  ~ policy edited
                  - policy lost
                  + policy new
                  - boundary arn:aws:iam::111122223333:policy/boundary
                  + boundary arn:aws:iam::111122223333:policy/other
                  ~ trust policy
                  + flag any-resource
                  + flag wide-trust
                """);
    }

    /** A document that was not read may be the same as before, or not. */
    @Test
    void namesPolicyThatOneReportCouldNotRead() {
        String arn = "arn:aws:iam::111122223333:policy/reader";
        Grant grant = cart().managed(arn).grant("shop", "cart");
        ReportSources known = new ReportSources(
                Optional.empty(),
                new AccessInventory(
                        List.of(grant), Map.of(arn, GrantedRole.document(allow("s3:GetObject", "*"))), List.of()),
                List.of(),
                List.of(),
                GrantedRole.ISSUER,
                Optional.empty());

        assertThat(Comparer.compare(report(grant), new ReportBuilder(known, GrantedRole.NOW).report())
                        .format())
                .contains("  ~ policy " + arn + ", which one of the reports could not read\n");
    }

    @Test
    void findsRoleThatWasCreatedAgainAndItsTags() {
        AccessReport before = report(cart().tag("team", "red").tag("old", "x").grant("shop", "cart"));
        AccessReport after = report(cart().tag("team", "admin")
                .tag("new", "x")
                .use(new RoleUse(GrantedRole.NOW, Optional.empty()))
                .grant("shop", "cart"));

        assertThat(changes(before, after)).endsWith("""
                  ~ role, which was deleted and created again
                  + tag new
                  - tag old
                  ~ tag team
                """);
    }

    /** The roles of an account that could not be read are not lost. */
    @Test
    void takesNoUnreadAccountForAnEmptyOne() {
        AccessReport before = report(cart().grant("shop", "cart"));
        AccessReport after = new ReportBuilder(
                        new ReportSources(
                                Optional.empty(),
                                new AccessInventory(List.of(), Map.of(), List.of(NotRead.of("111122223333", "denied"))),
                                List.of(),
                                List.of(),
                                GrantedRole.ISSUER,
                                Optional.empty()),
                        GrantedRole.NOW)
                .report();

        assertThat(Comparer.compare(before, after).roles()).isEmpty();
    }

    @Test
    void comparesOnlyReportsOfTheSameScope() {
        AccessReport all = report();
        ReportSources sources = new ReportSources(
                Optional.of("shop"),
                new AccessInventory(List.of(), Map.of(), List.of()),
                List.of(),
                List.of(),
                GrantedRole.ISSUER,
                Optional.empty());
        AccessReport one = new ReportBuilder(sources, GrantedRole.NOW).report();

        assertThat(Comparison.obstacle(all, all)).isEmpty();
        assertThat(Comparison.obstacle(one, all)).contains("it is of namespace shop, and this one of all namespaces");
    }

    @Test
    void aReportWithUnreadPoliciesIsNotComplete() {
        AccessReport report =
                report(cart().managed("arn:aws:iam::111122223333:policy/unread").grant("shop", "cart"));

        assertThat(report.incompleteness())
                .contains(
                        "the report is not complete: policy arn:aws:iam::111122223333:policy/unread could not be read");
        assertThat(SampleAccess.report(9).incompleteness()).isEmpty();
    }

    @Test
    void namesTheRaisedFlagsThatAreAskedFor() {
        AccessReport report = SampleAccess.report(18);

        assertThat(report.raised(List.of(Flag.WIDE_TRUST, Flag.WIDE_TRUST, Flag.NOT_ENTITLED)))
                .singleElement()
                .asString()
                .startsWith("2 roles have the flag wide-trust, such as arn:aws:iam::111122223333:role/irsa/prod/prod_");
        assertThat(report.raised(List.of())).isEmpty();
    }
}
