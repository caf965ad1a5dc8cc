package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.failure.Failure;
import dev.irsa.failure.Reason;
import dev.irsa.reconcile.Verdict.Pending;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every state that the operator publishes, with the statuses that its own factories make: for those who read them. */
public final class PublishedStates {
    private static final String DELETED = "2026-11-25T13:00:00Z";

    private PublishedStates() {}

    /** All of them; several may bear one name, and then no reader should tell them apart. */
    public static List<PublishedState> all() {
        List<PublishedState> states = new ArrayList<>();
        states.add(new PublishedState("not seen yet", Examples.resource()));
        states.add(new PublishedState("Ready", told(new Verdict.Ready(Optional.of(Examples.ACCOUNT_STATUS)))));
        states.add(new PublishedState("Ready", told(new Verdict.Ready(Optional.empty()))));
        Arrays.stream(Reason.values()).map(PublishedStates::example).forEach(states::add);
        states.add(failed(new Failure.BoundaryInTheWay("r", "arn:aws:iam::111122223333:policy/b")));
        states.add(failed(new Failure.WriteRefused("create serviceaccounts", "exceeded quota")));
        states.add(suspended(Pending.BY_DRY_RUN, Optional.empty()));
        states.addAll(later(states));
        states.addAll(entitlements());
        return List.copyOf(states);
    }

    /** The same once somebody has changed the spec or asked for the deletion and the operator has not seen it. */
    private static List<PublishedState> later(List<PublishedState> states) {
        Set<String> different = Set.of("Ready", "Suspended", "RoleConflict", "Throttled");
        return states.stream()
                .filter(state -> different.contains(state.name()))
                .flatMap(state -> Stream.of(
                        new PublishedState("changed since", changed(state.object())),
                        new PublishedState("being deleted", deleted(state.object()))))
                .toList();
    }

    private static List<PublishedState> entitlements() {
        return List.of(
                new PublishedState("entitlement without status", entitlement()),
                entitlement("entitlement Valid", List.of()),
                entitlement("entitlement InvalidSpec", List.of("spec.namespaceSelector: it is wrong")),
                new PublishedState(
                        "entitlement changed since",
                        changed(entitlement("", List.of()).object())));
    }

    private static PublishedState example(Reason reason) {
        return switch (reason) {
            case InvalidSpec -> failed(new Failure.InvalidSpec("spec.role.name", "it is the operator's own role"));
            case NotEntitled -> failed(new Failure.NotEntitled("no IamEntitlement selects namespace payments"));
            case RoleConflict -> failed(new Failure.RoleConflict("r", "exists and is not owned by this resource"));
            case ServiceAccountConflict -> failed(new Failure.ServiceAccountConflict("ServiceAccount s is taken"));
            case ServiceAccountMissing -> failed(new Failure.ServiceAccountMissing("s"));
            case OidcProviderMissing -> failed(new Failure.OidcProviderMissing("the account has no provider"));
            case AccessDenied -> failed(new Failure.AccessDenied("iam:CreateRole", "an SCP denies it"));
            case QuotaExceeded, MalformedPolicy, PolicyNotFound ->
                failed(new Failure.Refused(reason, "iam:CreateRole", "its own words"));
            case Throttled, AwsUnavailable, CredentialsUnavailable, KubernetesUnavailable, InternalError, Reconciling ->
                failed(new Failure.Passing(reason, "it passes"));
            case Suspended ->
                suspended(Pending.BY_SPEC, Optional.of(new Failure.RoleConflict("r", "is not owned by this resource")));
            case DeletionBlocked -> {
                PublishedState state = failed(new Failure.DeletionBlocked("iam:DeleteRole: throttled"));
                yield new PublishedState(state.name(), deleted(state.object()));
            }
        };
    }

    private static PublishedState failed(Failure failure) {
        return new PublishedState(failure.reason().name(), told(new Verdict.Failed(failure, Optional.empty())));
    }

    private static PublishedState suspended(String why, Optional<Failure> obstacle) {
        return new PublishedState(Reason.Suspended.name(), told(new Pending(why, obstacle)));
    }

    private static IamServiceAccount told(Verdict verdict) {
        IamServiceAccount resource = Examples.resource();
        resource.setStatus(new StatusFactory(InstantSource.system())
                .of(resource, verdict, new Progress())
                .orElseThrow());
        return resource;
    }

    private static PublishedState entitlement(String name, List<String> problems) {
        IamEntitlement entitlement = entitlement();
        entitlement.setStatus(new EntitlementStatusFactory(InstantSource.system()).of(entitlement, 3, problems));
        return new PublishedState(name, entitlement);
    }

    private static IamEntitlement entitlement() {
        IamEntitlement entitlement = new IamEntitlement();
        entitlement.setMetadata(
                new ObjectMetaBuilder().withName("payments").withGeneration(2L).build());
        entitlement.setSpec(new IamEntitlementSpec(null, List.of(), List.of(), null, List.of(), false, null));
        return entitlement;
    }

    private static HasMetadata changed(HasMetadata object) {
        HasMetadata copy = Serialization.clone(object);
        copy.getMetadata().setGeneration(3L);
        return copy;
    }

    private static HasMetadata deleted(HasMetadata object) {
        HasMetadata copy = Serialization.clone(object);
        copy.getMetadata().setDeletionTimestamp(DELETED);
        copy.getMetadata().setFinalizers(List.of(IamServiceAccount.FINALIZER));
        return copy;
    }
}
