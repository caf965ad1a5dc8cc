package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementStatus;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamPolicyTemplateStatus;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.CallInterceptor.ExternalCall;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the statuses of IamServiceAccounts, IamEntitlements and IamPolicyTemplates by server-side apply, and replaces a
 * status of which the API server keeps more. Records the last status written
 * to each IamServiceAccount until the watch shows it. The framework offers both, but its filter for own writes also
 * hides an update that a user made just before the write.
 *
 * @param interceptor each write passes it
 * @param written the last status that the operator wrote to each IamServiceAccount
 */
public record StatusWriter(KubernetesClient client, CallInterceptor interceptor, WrittenStatusCache written) {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    /** Creates a writer that has not written yet. */
    public StatusWriter(KubernetesClient client, CallInterceptor interceptor) {
        this(client, interceptor, new WrittenStatusCache());
    }

    /**
     * Writes the status of an IamServiceAccount.
     *
     * @param replacesAny whether to write it even if the resource has changed since it was read
     * @return false when the write has to be retried; true also when the resource no longer exists
     */
    public boolean write(IamServiceAccount resource, IamServiceAccountStatus status, boolean replacesAny) {
        Optional<String> version = replacesAny
                ? Optional.empty()
                : Optional.of(resource.getMetadata().getResourceVersion());
        written.writing(status, resource);
        try {
            return apply(
                    new IamServiceAccount(), resource, version, status, response -> written.wrote(status, response));
        } finally {
            written.ended(resource);
        }
    }

    /**
     * Writes the status of an IamEntitlement.
     *
     * @return false when the write has to be retried; true also when the entitlement no longer exists
     */
    public boolean write(IamEntitlement entitlement, IamEntitlementStatus status) {
        return apply(new IamEntitlement(), entitlement, Optional.empty(), status, response -> {});
    }

    /**
     * Writes the status of an IamAccount that has not changed since it was read. Its status names the roles that were abandoned, and
     * another process may have added one.
     *
     * @return the account with the status
     * @throws FailureException when the status was not written
     */
    public IamAccount write(IamAccount read, IamAccountStatus status) {
        ObjectMeta metadata = read.getMetadata();
        IamAccount target = new IamAccount();
        target.setMetadata(new ObjectMetaBuilder().withName(metadata.getName()).build());
        String replacement = Serialization.asJson(List.of(
                test("uid", metadata.getUid()),
                test("resourceVersion", metadata.getResourceVersion()),
                Map.of("op", "add", "path", "/status", "value", status)));
        try {
            return patch(target, account -> account.patch(FieldManager.JSON_PATCH, replacement));
        } catch (KubernetesClientException e) {
            throw ApiExceptionTranslator.isFailedTest(e)
                    ? ApiExceptionTranslator.changed("IamAccount " + metadata.getName() + " has changed", e)
                    : ApiExceptionTranslator.of("patch iamaccounts/status", e);
        }
    }

    /**
     * Writes the status of an IamPolicyTemplate.
     *
     * @return false when the write has to be retried; true also when the template no longer exists
     */
    public boolean write(IamPolicyTemplate template, IamPolicyTemplateStatus status) {
        return apply(new IamPolicyTemplate(), template, Optional.empty(), status, response -> {});
    }

    /**
     * Writes the status of a resource.
     *
     * @param desired an empty resource, which becomes the body of the request
     * @param version the version that the resource must still have; empty if it does not matter
     * @param accepted receives the response
     */
    private <S, R extends CustomResource<?, S>> boolean apply(
            R desired, R resource, Optional<String> version, S status, Consumer<R> accepted) {
        ObjectMeta metadata = resource.getMetadata();
        String name = metadata.getName();
        desired.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(name)
                .withUid(metadata.getUid())
                .withResourceVersion(version.orElse(null))
                .build());
        desired.setStatus(status);
        try {
            R applied = patch(desired, target -> target.patch(FieldManager.FORCED_APPLY));
            if (applied != null) {
                accepted.accept(applied);
                if (!status.equals(applied.getStatus())) {
                    replace(desired, status).ifPresent(accepted);
                }
            }
            return true;
        } catch (KubernetesClientException e) {
            if (version.isPresent() && e.getCode() == 409) {
                LOG.info("{} {} was changed or deleted since it was read; retrying", desired.getKind(), name);
                return false;
            }
            if (noLongerExists(e)) {
                return true;
            }
            LOG.warn("cannot write the status of {} {}; retrying: {}", desired.getKind(), name, e.getMessage());
            return false;
        }
    }

    /**
     * Replaces the whole status. An apply keeps what another field manager owns, such as a condition of a restored backup. That
     * condition would otherwise stay for as long as the resource exists. Returns empty if another resource has its name now.
     */
    private <S, R extends CustomResource<?, S>> Optional<R> replace(R desired, S status) {
        String replacement = Serialization.asJson(List.of(
                test("uid", desired.getMetadata().getUid()),
                Map.of("op", "replace", "path", "/status", "value", status)));
        try {
            return Optional.of(patch(desired, target -> target.patch(FieldManager.JSON_PATCH, replacement)));
        } catch (KubernetesClientException e) {
            if (ApiExceptionTranslator.isFailedTest(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, String> test(String field, String value) {
        return Map.of("op", "test", "path", "/metadata/" + field, "value", value);
    }

    private <R extends CustomResource<?, ?>> R patch(R desired, Function<EditReplacePatchable<R>, R> patch) {
        return interceptor.intercept(
                new ExternalCall(
                        "patch " + desired.getPlural() + "/status",
                        desired.getMetadata().getName()),
                () -> patch.apply(client.resource(desired).subresource("status")));
    }

    /** The API server answers 404 or 409 when the resource is deleted, and 422 when another resource has its name. */
    private static boolean noLongerExists(KubernetesClientException e) {
        return e.getCode() == 404 || e.getCode() == 409 || ApiExceptionTranslator.isReplacedOrBeingDeleted(e);
    }
}
