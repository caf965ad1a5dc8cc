package dev.irsa.integration.machine;

import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;

/** Creates the OIDC provider of a cluster, as an administrator does. */
public final class OidcProvider {
    private static final List<String> AUDIENCES = List.of("sts.amazonaws.com", "vault.example.com");

    private OidcProvider() {}

    /** Creates the provider unless it exists. */
    public static void ensure(IamClient iam, String issuer) {
        try {
            iam.createOpenIDConnectProvider(request -> request.url(issuer).clientIDList(AUDIENCES));
        } catch (EntityAlreadyExistsException e) {
            // Another test of the same account has created it.
        }
    }
}
