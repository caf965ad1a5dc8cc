package dev.irsa.kubectl.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.report.GrantedRole;
import dev.irsa.fixtures.report.SampleAccess;
import dev.irsa.kubectl.access.Grant.Link;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCsvTest {
    @Test
    void hasALineForEachServiceAccountOfARole() {
        GrantedRole role = GrantedRole.trusting("shop", "cart")
                .inline("own", GrantedRole.allow("s3:PutObject", "*"), GrantedRole.allow("sqs:SendMessage", "*"));

        String csv = ReportCsv.format(new ReportBuilder(
                        SampleAccess.sources(
                                List.of(role.grant("shop", "cart"), role.grant("shop", "mail", Link.trustPolicy))),
                        GrantedRole.NOW)
                .report());

        assertThat(csv.lines().skip(1))
                .containsExactly(
                        "shop,cart,iamServiceAccount,cart,,arn:aws:iam::111122223333:role/irsa/prod/prod_shop_cart,111122223333,s3 sqs,own,"
                                + "arn:aws:iam::111122223333:policy/boundary,,2026-05-15T00:00:00Z,2026-11-30T00:00:00Z,eu-west-1,,any-resource",
                        "shop,mail,trustPolicy,,,arn:aws:iam::111122223333:role/irsa/prod/prod_shop_cart,111122223333,s3 sqs,own,"
                                + "arn:aws:iam::111122223333:policy/boundary,,2026-05-15T00:00:00Z,2026-11-30T00:00:00Z,eu-west-1,,any-resource");
        assertThat(csv.lines().map(line -> line.split(",", -1).length)).containsOnly(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"})
    void makesFormulasHarmless(String formula) {
        assertThat(ReportCsv.cell(formula)).startsWith("'").doesNotContain("\t", "\r", "\n");
    }

    @Test
    void quotesWhatWouldEndACell() {
        assertThat(ReportCsv.cell("a,b")).isEqualTo("\"a,b\"");
        assertThat(ReportCsv.cell("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
        assertThat(ReportCsv.cell("=cmd|' /C calc'!A0,1")).isEqualTo("\"'=cmd|' /C calc'!A0,1\"");
        assertThat(ReportCsv.cell("two\nlines")).isEqualTo("two lines");
        assertThat(ReportCsv.cell("arn:aws:s3:::a-b/*")).isEqualTo("arn:aws:s3:::a-b/*");
        assertThat(ReportCsv.cell(null)).isEmpty();
    }
}
