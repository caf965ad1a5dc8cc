package dev.irsa.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExclusiveTrustTest {
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/A";
    private static final String SUBJECT = "system:serviceaccount:team:app";
    private static final String AUDIENCE = "sts.amazonaws.com";

    /** In the statements, ' stands for a quotation mark, P for the name of the provider, and S for the subject. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            value = {
                "W,'Condition':{'StringEquals':{'P:sub':'S','P:aud':'sts.amazonaws.com'}}; Exclusive[audiences=[sts.amazonaws.com]]",
                "W,'Condition':{'StringEquals':{'P:sub':['S'],'P:aud':['sts.amazonaws.com']}}; Exclusive[audiences=[sts.amazonaws.com]]",
                "W,'Condition':{'StringEquals':{'P:sub':'S'}}; Exclusive[audiences=[]]",
                "W,'Condition':{'StringLike':{'P:sub':'S'},'StringEquals':{'P:aud':'sts.amazonaws.com'}}; Exclusive[audiences=[sts.amazonaws.com]]",
                "W,'Condition':{'StringEquals':{'P:SUB':'S','P:Aud':['sts.amazonaws.com','b']}}; Exclusive[audiences=[b, sts.amazonaws.com]]",
                "W,'Condition':{'StringLike':{'P:sub':['S','system:serviceaccount:team:*']},'StringEquals':{'P:sub':'S'}}; Exclusive[audiences=[]]",
                "W,'Condition':{'StringEquals':{'P:sub':['S','system:serviceaccount:team:b']}}; Shared[others=[ServiceAccount team/b]]",
                "W,'Condition':{'StringLike':{'P:sub':'system:serviceaccount:team:*'}}; Shared[others=[ServiceAccount team/*]]",
                "W,'Condition':{'StringLike':{'P:sub':'*'}}; Shared[others=[subject *]]",
                "W,'Condition':{'StringEquals':{'P:aud':'sts.amazonaws.com'}}; Shared[others=[every ServiceAccount of the cluster]]",
                "W; Shared[others=[every ServiceAccount of the cluster]]",
                "W,'Condition':{'StringEquals':{'P:sub':'system:serviceaccount:team:b'}}; NotAdmitted[why=StringEquals P:sub system:serviceaccount:team:b]",
                "W,'Condition':{'StringEquals':{'P:sub':'S','P:aud':'vault'}}; NotAdmitted[why=StringEquals P:aud vault]",
                "W,'Condition':{'StringEquals':{'P:sub':'S'},'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}; Restricted[what=the condition IpAddress aws:SourceIp 10.0.0.0/8]",
                "W,'Condition':{'StringEquals':{'P:sub':'S'},'StringNotEquals':{'P:aud':'b'}}; Restricted[what=the condition StringNotEquals P:aud b]",
                "W,'Condition':{'StringEquals':{'P:sub':'S','P:amr':'b'}}; Restricted[what=the condition StringEquals P:amr b]",
                "'Effect':'Allow','Principal':'*','Action':'sts:AssumeRoleWithWebIdentity'; Shared[others=[every principal]]",
                "'Effect':'Allow','principal':{'AWS':'*'},'Action':'sts:*'; Restricted[what=the element principal]",
                "'Effect':'Allow','Principal':{'aws':'*'},'Action':'sts:*'; Restricted[what=the element aws]",
                "'Effect':'Allow','Action':'sts:*'; Restricted[what=a statement without a valid Principal]",
                "'effect':'Allow','Principal':'*','Action':'sts:*'; Restricted[what=a statement without a valid Effect]",
                "W,'Condition':['a']; Restricted[what=a Condition that is no object]",
                "W,'Condition':{'StringEquals':'a'}; Restricted[what=a Condition with no object under StringEquals]",
                "W,'Condition':{'StringEquals':{'P:sub':[]}}; Restricted[what=a Condition whose P:sub is no text and no list of texts]",
                "'Effect':'Allow','NotPrincipal':{'AWS':'*'},'Action':'sts:AssumeRole'; Restricted[what=the element NotPrincipal]",
            })
    void decidesWhomTheStatementAdmits(String statement, String expected) {
        assertThat(of("[{" + statement + "}]")).hasToString(expanded(expected));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            value = {
                "'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:role/x'},'Action':'sts:AssumeRole'; principal arn:aws:iam::111122223333:role/x",
                "'Effect':'Allow','Principal':{'AWS':'*'},'Action':'sts:AssumeRole'; every principal",
                "'Effect':'Allow','Principal':{'Service':['pods.eks.amazonaws.com']},'Action':['sts:AssumeRole','sts:TagSession']; service pods.eks.amazonaws.com",
                "'Effect':'Allow','Principal':{'CanonicalUser':'79a59d'},'Action':'sts:AssumeRole'; principal 79a59d",
                "'Effect':'Allow','Principal':{'Federated':'arn:aws:iam::111122223333:oidc-provider/b'},'Action':'sts:AssumeRoleWithWebIdentity'; tokens of arn:aws:iam::111122223333:oidc-provider/b",
                "W,'Condition':{'StringEquals':{'P:sub':'system:serviceaccount:team:b'}}; ServiceAccount team/b",
            })
    void namesWhomAnotherStatementAdmits(String statement, String other) {
        String ours = "{W,'Condition':{'StringEquals':{'P:sub':'S'}}}";

        assertThat(of("[" + ours + ",{" + statement + "}]")).hasToString("Shared[others=[" + other + "]]");
        assertThat(of("[{" + statement + "}," + ours + "]")).hasToString("Shared[others=[" + other + "]]");
    }

    @Test
    void refusesProviderWhosePathHasAnotherCase() {
        String other = web().replace("/id/A", "/id/a");

        assertThat(of("[{" + other + "}]")).isInstanceOf(ExclusiveTrust.NotAdmitted.class);
        assertThat(of("[{W,'Condition':{'StringEquals':{'P:sub':'S'}}},{" + other + "}]"))
                .isEqualTo(new ExclusiveTrust.Shared(List.of("tokens of " + PROVIDER.replace("/id/A", "/id/a"))));
    }

    @Test
    void acceptsProviderWhoseHostHasAnotherCase() {
        assertThat(of("[{" + web().replace("oidc.example.com", "OIDC.example.com")
                        + ",'Condition':{'StringEquals':{'P:sub':'S'}}}]"))
                .isInstanceOf(ExclusiveTrust.Exclusive.class);
    }

    @Test
    void refusesStatementThatDenies() {
        assertThat(of("[{W},{'Effect':'Deny','Principal':'*','Action':'sts:*'}]"))
                .isEqualTo(new ExclusiveTrust.Restricted("a statement that denies access"));
    }

    private static ExclusiveTrust of(String statements) {
        PolicyDocument trust = PolicyDocument.parse(expanded("{'Version':'2012-10-17','Statement':" + statements + "}")
                .replace('\'', '"'));
        return ExclusiveTrust.of(trust, PROVIDER, SUBJECT, AUDIENCE);
    }

    private static String expanded(String text) {
        return text.replaceFirst("(?<![A-Za-z])W(?![A-Za-z])", web())
                .replaceFirst("(?<![A-Za-z])W(?![A-Za-z])", web())
                .replace("P:", "oidc.example.com/id/A:")
                .replace("'S'", "'" + SUBJECT + "'");
    }

    private static String web() {
        return "'Effect':'Allow','Principal':{'Federated':'" + PROVIDER + "'},'Action':'sts:AssumeRoleWithWebIdentity'";
    }
}
