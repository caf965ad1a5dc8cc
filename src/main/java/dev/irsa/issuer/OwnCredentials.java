package dev.irsa.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.desired.Issuer;
import dev.irsa.runtime.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;

/** The AWS credentials of the program. */
final class OwnCredentials {
    private OwnCredentials() {}

    /**
     * Checks that the credentials do not depend on what the program publishes. AWS would refuse them before the first publication, and
     * after a rotation whose new key is not published yet. The SDK prefers access keys to a token.
     *
     * @param announced the issuer that the API server announces
     */
    static void requireOtherThan(Issuer issuer, Optional<String> announced) throws StartFailure {
        Optional<String> file = SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue();
        boolean hasKeys = SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent();
        Optional<String> from = file.flatMap(OwnCredentials::issuer);
        if (!hasKeys && from.isPresent() && (from.get().equals(issuer.url()) || from.equals(announced))) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "the AWS credentials of publish-issuer come from the issuer that it publishes (AWS_WEB_IDENTITY_TOKEN_FILE="
                            + file.get()
                            + "); AWS refuses them before the first publication and after a rotation; use the instance profile of"
                            + " a node or IAM Roles Anywhere, or as a last resort access keys in a Secret");
        }
    }

    /** Returns the issuer of the token in a file; empty if there is none. */
    private static Optional<String> issuer(String file) {
        try {
            String[] parts = Files.readString(Path.of(file)).split("\\.", -1);
            if (parts.length < 2) {
                return Optional.empty();
            }
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return Optional.of(new ObjectMapper().readTree(claims).path("iss").asText());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
