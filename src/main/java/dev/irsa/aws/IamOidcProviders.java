package dev.irsa.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.core.permissions.AwsAction;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OidcProviders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * Reads and creates OIDC providers through the IAM API.
 *
 * <p>Source: the IAM API reference.
 *
 * <ul>
 *   <li>CreateOpenIDConnectProvider: thumbprints are optional. Without one, IAM uses that of the top intermediate
 *       certificate authority. They were required before October 2024 (issue 563 of aws/aws-sdk).
 *   <li>ListOpenIDConnectProviders has no pages.
 *   <li>AddClientIDToOpenIDConnectProvider succeeds when the provider already has the audience.
 * </ul>
 */
public final class IamOidcProviders implements OidcProviders {
    private static final Logger LOG = LoggerFactory.getLogger(IamOidcProviders.class);

    private final IamClient iam;
    private final AwsCalls calls;

    /** Uses this client; each call passes the interceptor. */
    public IamOidcProviders(IamClient iam, CallInterceptor interceptor) {
        this.iam = iam;
        this.calls = new AwsCalls(interceptor);
    }

    @Override
    public Optional<Set<String>> audiences(String arn) {
        return calls.find(
                        AwsAction.GET_OPEN_ID_CONNECT_PROVIDER,
                        arn,
                        () -> iam.getOpenIDConnectProvider(request -> request.openIDConnectProviderArn(arn)))
                .map(response -> Set.copyOf(response.clientIDList()));
    }

    @Override
    public List<String> arns() {
        return calls
                .make(AwsAction.LIST_OPEN_ID_CONNECT_PROVIDERS, "", iam::listOpenIDConnectProviders)
                .openIDConnectProviderList()
                .stream()
                .map(entry -> part(entry.arn(), AwsAction.LIST_OPEN_ID_CONNECT_PROVIDERS))
                .toList();
    }

    @Override
    public String create(String issuer, Set<String> audiences, Map<String, String> tags) {
        var response = calls.make(
                AwsAction.CREATE_OPEN_ID_CONNECT_PROVIDER,
                issuer,
                () -> iam.createOpenIDConnectProvider(
                        request -> request.url(issuer).clientIDList(audiences).tags(IamTags.of(tags))));
        LOG.info(
                "created the OIDC provider for {} with the audiences {} [request {}]",
                issuer,
                audiences,
                response.responseMetadata().requestId());
        return part(response.openIDConnectProviderArn(), AwsAction.CREATE_OPEN_ID_CONNECT_PROVIDER);
    }

    @Override
    public void addAudience(String arn, String audience) {
        var response = calls.make(
                AwsAction.ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER,
                arn,
                () -> iam.addClientIDToOpenIDConnectProvider(
                        request -> request.openIDConnectProviderArn(arn).clientID(audience)));
        LOG.info(
                "added the audience {} to {} [request {}]",
                audience,
                arn,
                response.responseMetadata().requestId());
    }
}
