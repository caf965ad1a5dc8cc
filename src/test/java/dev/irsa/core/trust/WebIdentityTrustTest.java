package dev.irsa.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.trust.WebIdentityTrust.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebIdentityTrustTest {
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/A";

    /** In the conditions, ' stands for a quotation mark and P for the name of the provider. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            value = {
                "{}; ADMITTED",
                "{'StringEquals':{'P:sub':'system:serviceaccount:team:app'}}; ADMITTED",
                "{'StringEquals':{'P:sub':['other','system:serviceaccount:team:app']}}; ADMITTED",
                "{'StringEquals':{'P:SUB':'system:serviceaccount:team:app'}}; ADMITTED",
                "{'stringequals':{'P:sub':'system:serviceaccount:team:app'}}; ADMITTED",
                "{'StringEquals':{'P:sub':'system:serviceaccount:team:APP'}}; SUBJECT",
                "{'StringEqualsIgnoreCase':{'P:sub':'system:serviceaccount:team:APP'}}; ADMITTED",
                "{'StringEquals':{'P:sub':'system:serviceaccount:team:*'}}; WILDCARD",
                "{'StringEquals':{'P:sub':'system:serviceaccount:*:*'}}; WILDCARD",
                "{'StringEquals':{'P:sub':'system:serviceaccount:other:*'}}; SUBJECT",
                "{'StringLike':{'P:sub':'system:serviceaccount:team:*'}}; ADMITTED",
                "{'StringLike':{'P:sub':'system:serviceaccount:*:app'}}; ADMITTED",
                "{'ForAnyValue:StringLike':{'P:sub':['system:serviceaccount:team:a?p']}}; ADMITTED",
                "{'StringLikeIfExists':{'P:sub':'system:serviceaccount:b:*'}}; SUBJECT",
                "{'StringNotEquals':{'P:sub':'system:serviceaccount:team:app'}}; SUBJECT",
                "{'StringEquals':{'P:aud':'sts.amazonaws.com'}}; ADMITTED",
                "{'StringEquals':{'P:aud':'vault'}}; AUDIENCE",
                "{'StringEquals':{'P:aud':'vault','P:sub':'b'}}; SUBJECT",
                "{'StringEquals':{'Q:sub':'system:serviceaccount:team:app'}}; CONDITION_KEY",
                "{'StringLike':{'Q:aud':'*'}}; CONDITION_KEY",
                "{'StringEquals':{'Q:sub':'${aws:username}','P:sub':'b'}}; CONDITION_KEY",
                "{'ForAnyValue:StringNotEquals':{'Q:amr':'b'}}; CONDITION_KEY",
                "{'ForAllValues:StringEquals':{'Q:amr':'b'}}; ADMITTED",
                "{'StringNotEquals':{'Q:sub':'b'}}; ADMITTED",
                "{'StringEqualsIfExists':{'Q:sub':'b'}}; ADMITTED",
                "{'Null':{'Q:sub':'true'}}; ADMITTED",
                "{'Null':{'Q:sub':'false'}}; CONDITION_KEY",
                "{'StringEquals':{'P:amr':'b'}}; UNDECIDED",
                "{'StringEquals':{'P:sub':'${aws:username}'}}; UNDECIDED",
                "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}; UNDECIDED",
                "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'},'StringEquals':{'P:sub':'b'}}; SUBJECT",
            })
    void evaluatesConditions(String condition, Step expected) {
        String json = condition
                .replace('\'', '"')
                .replace("P:", "oidc.example.com/id/A:")
                .replace("Q:", "q.example:");

        assertThat(evaluate(statement("\"sts:AssumeRoleWithWebIdentity\"", PROVIDER, json))
                        .step())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sts:AssumeRoleWithWebIdentity, ADMITTED",
        "sts:assumerolewithwebidentity, ADMITTED",
        "sts:AssumeRole*, ADMITTED",
        "sts:*, ADMITTED",
        "sts:AssumeRole, ACTION"
    })
    void evaluatesActions(String action, Step expected) {
        assertThat(evaluate(statement("[\"" + action + "\"]", PROVIDER, "{}")).step())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/A, ADMITTED",
        "arn:aws:iam::111122223333:oidc-provider/OIDC.example.com/id/A, ADMITTED",
        "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/B, ISSUER",
        "arn:aws:iam::999999999999:oidc-provider/oidc.example.com/id/A, ISSUER"
    })
    void evaluatesPrincipals(String principal, Step expected) {
        assertThat(evaluate(statement("\"sts:AssumeRoleWithWebIdentity\"", principal, "{}"))
                        .step())
                .isEqualTo(expected);
    }

    private static WebIdentityTrust evaluate(String statement) {
        String other =
                "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}";
        return WebIdentityTrust.of(
                PolicyDocument.parse("{\"Statement\":[" + other + "," + statement + "]}"),
                PROVIDER,
                "system:serviceaccount:team:app",
                "sts.amazonaws.com");
    }

    private static String statement(String action, String provider, String condition) {
        return "{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"" + provider + "\"},\"Action\":" + action
                + ",\"Condition\":" + condition + "}";
    }
}
