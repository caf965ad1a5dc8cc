package dev.irsa.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** What every IAM here keeps to, in memory or behind HTTP: the cases are in the interfaces that extend this one. */
interface IamContract {
    String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"},\
            "Action":"sts:AssumeRoleWithWebIdentity",\
            "Condition":{"StringEquals":{"oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud":"sts.amazonaws.com"}}}]}""";
    String OTHER_TRUST = TRUST.replace("id/ABC", "id/DEF");
    String INLINE = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";
    String READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
    String POWER = "arn:aws:iam::aws:policy/PowerUserAccess";

    /** One without roles. */
    IamClient iam();

    /** How it is known not to be like IAM. */
    default Set<Difference> differences() {
        return Set.of();
    }

    default boolean differs(Difference difference) {
        return differences().contains(difference);
    }

    default Role create(String name) {
        return create(name, _ -> {});
    }

    default Role create(String name, Consumer<CreateRoleRequest.Builder> more) {
        return iam().createRole(request -> {
                    request.roleName(name).assumeRolePolicyDocument(TRUST);
                    more.accept(request);
                })
                .role();
    }

    default Role get(String name) {
        return iam().getRole(request -> request.roleName(name)).role();
    }

    /** The call fails with this code. */
    default IamException assertRefused(String code, ThrowingCallable call) {
        var refusal = catchThrowableOfType(IamException.class, call);
        assertThat(refusal).as("the refusal, expected " + code).isNotNull();
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        return refusal;
    }

    /** The call fails with this code, except where the difference is known: there it succeeds. */
    default void assertRefused(String code, Difference unless, ThrowingCallable call) {
        if (differs(unless)) {
            assertThatCode(call).as(unless.toString()).doesNotThrowAnyException();
        } else {
            assertRefused(code, call);
        }
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static String decoded(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
