package dev.irsa.integration.machine;

import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;

/** The OIDC provider that lets AWS take a cluster's tokens, as an administrator makes it. */
public final class OidcProvider {
    private static final List<String> AUDIENCES = List.of("sts.amazonaws.com", "vault.example.com");

    private OidcProvider() {}

    /** Makes it, unless it is there. */
    public static void ensure(IamClient iam, String issuer) {
        try {
            iam.createOpenIDConnectProvider(request -> request.url(issuer).clientIDList(AUDIENCES));
        } catch (EntityAlreadyExistsException e) {
            // Another test of the same account was first.
        }
    }
}
