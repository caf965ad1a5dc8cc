package dev.irsa.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Error answers as the SDK hands them on. */
final class AwsAnswers {
    private AwsAnswers() {}

    static IamException iam(@Nullable String code, @Nullable String message) {
        return (IamException) IamException.builder()
                .awsErrorDetails(details(code, message))
                .statusCode(503)
                .requestId("00000000-1111")
                .build();
    }

    static StsException sts(@Nullable String code, @Nullable String message) {
        return (StsException) StsException.builder()
                .awsErrorDetails(details(code, message))
                .statusCode(503)
                .build();
    }

    private static AwsErrorDetails details(@Nullable String code, @Nullable String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }
}
