package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.Requirements;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.entitlement.EntitlementDecision;
import dev.irsa.core.entitlement.EntitlementRequest;
import dev.irsa.core.entitlement.EntitlementRequest.ChosenRole;
import dev.irsa.core.entitlement.EntitlementResults;
import dev.irsa.core.entitlement.Entitlements;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.template.PolicyTemplate;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Authorizes what a resource asks for, its policy templates included, by the entitlements that select its namespace. */
public final class EntitlementAuthorizer {
    private final String account;
    private final EntitlementSource source;
    private final ExistingRoles existing;
    private final RoleQuotaAllocator quota;
    private final TemplateRenderer templates;
    private final EntitlementEvaluator evaluator;

    /**
     * Creates an authorizer for one account.
     *
     * @param account the name of the IamAccount; empty for the account of the operator
     * @param all the entitlements and resources of all accounts
     * @param audiences the audiences that a resource may name
     * @param changed is run when an entitlement or a template serves other resources than before
     * @param requeue requeues a resource for which the quota may have room now
     * @param existing the roles that are proven to exist
     */
    public EntitlementAuthorizer(
            String account,
            EntitlementSource all,
            Set<String> audiences,
            Runnable changed,
            Consumer<ResourceRef> requeue,
            ExistingRoles existing) {
        this.account = account;
        this.source = new AccountEntitlements(all, account);
        this.evaluator = new EntitlementEvaluator(source, audiences);
        this.existing = existing;
        this.quota = new RoleQuotaAllocator(source, existing, changed, requeue);
        this.templates = new TemplateRenderer(source, changed);
    }

    /**
     * Authorizes a role that the operator manages.
     *
     * @throws FailureException if no entitlement allows what the resource asks for, or if it uses a template wrongly
     */
    public Authorized authorize(IamServiceAccount resource, DesiredRole role, ClusterIdentity identity) {
        // Read once: what is allowed and what is rendered must be of the same version of each template.
        Map<String, PolicyTemplate> known = templates.templatesFor(resource);
        DesiredRole rendered = TemplateRenderer.render(resource, role, identity, known);
        rendered.templates().invalid().ifPresent(failure -> {
            deny(resource);
            throw new FailureException(failure);
        });
        EntitlementResults evaluation = evaluate(resource, request(resource, role, identity, known), identity);
        return switch (decide(resource, evaluation, identity)) {
            case EntitlementDecision.Allowed(var requirements) -> {
                DesiredRole complete = rendered.requiring(requirements);
                yield new Authorized(
                        complete,
                        new Grant(evaluation.version(requirements.entitlement()), evaluation.allowing(complete)),
                        freeze(resource).or(() -> complete.templates().freeze()));
            }
            case EntitlementDecision.Denied denied ->
                throw new FailureException(Failure.of(Reason.NotEntitled, denied.message()));
        };
    }

    /**
     * Authorizes a role that is to outlive its resource. The quota does not matter, because the role exists.
     *
     * @return what the role may be then
     * @throws FailureException if no single entitlement allows both the role and that it is retained
     */
    public DesiredRole authorizeRetention(IamServiceAccount resource, DesiredRole role, ClusterIdentity identity) {
        Map<String, PolicyTemplate> known = templates.templatesFor(resource);
        EntitlementDecision decision = evaluate(
                        resource, request(resource, role, identity, known).retaining(), identity)
                .decide(Map.of());
        return switch (decision) {
            case EntitlementDecision.Allowed(var requirements) ->
                TemplateRenderer.render(resource, role.requiring(requirements), identity, known);
            case EntitlementDecision.Denied(String why, var _) ->
                throw new FailureException(Failure.of(Reason.NotEntitled, why));
        };
    }

    /**
     * Authorizes a role of others.
     *
     * @return the name of the entitlement that allows it
     * @throws FailureException if no entitlement allows it, or if the namespace is frozen
     */
    public String authorize(IamServiceAccount resource, Desired.External external, ClusterIdentity identity) {
        return switch (decide(resource, external, identity)) {
            case EntitlementDecision.Allowed allowed -> {
                freeze(resource).ifPresent(failure -> {
                    throw new FailureException(failure);
                });
                yield allowed.by();
            }
            case EntitlementDecision.Denied denied ->
                throw new FailureException(Failure.of(Reason.NotEntitled, denied.message()));
        };
    }

    /**
     * Returns whether a resource may ever have had this role, as far as the entitlements of today show. An entitlement allows its name
     * and path, or they are derived, so that no other namespace has them.
     */
    public boolean mayHaveHad(IamServiceAccount resource, RoleIdentity role, ClusterIdentity identity) {
        ResourceRef ref = ResourceRef.of(resource);
        ChosenRole chosen = ChosenRole.of(ref.namespace(), ref.name(), role, identity);
        return chosen.isDerived()
                || evaluator.allows(ref.namespace(), chosen, identity.account()).orElse(true);
    }

    /** Returns whether an entitlement for this account selects the namespace of a resource, whatever the resource asks for. */
    public boolean selects(IamServiceAccount resource) {
        return evaluator.selects(resource.getMetadata().getNamespace());
    }

    /**
     * Returns why nothing in the account of an IamAccount is allowed to a resource; empty if something may be, or if this is not its
     * account. This is known before the identity of the account is.
     */
    public Optional<Failure> exclusion(IamServiceAccount resource) {
        if (account.isEmpty() || !account.equals(resource.getSpec().accountName()) || selects(resource)) {
            return Optional.empty();
        }
        return Optional.of(Failure.of(
                Reason.NotEntitled,
                source.entitlements().isEmpty()
                        ? Entitlements.noneFor(account)
                        : "no IamEntitlement for the IamAccount " + account + " selects namespace "
                                + resource.getMetadata().getNamespace()
                                + "; ask a platform engineer to add one, or for a namespace that one selects"));
    }

    /** Returns why the roles in the namespace of a resource must stay as they are; empty if they need not. */
    public Optional<Failure> freeze(IamServiceAccount resource) {
        return NamespaceFreeze.of(resource.getMetadata().getNamespace(), source);
    }

    /** Decides whether an entitlement allows the role of others that the resource names, and which one. */
    public EntitlementDecision decide(IamServiceAccount resource, Desired.External external, ClusterIdentity identity) {
        return decide(
                resource,
                EntitlementRequest.of(external.role(), external.delivery().terms()),
                identity);
    }

    /** Decides whether an entitlement allows what the resource asks for, and which one. */
    public EntitlementDecision decide(IamServiceAccount resource, DesiredRole role, ClusterIdentity identity) {
        return decide(resource, request(resource, role, identity, templates.templatesFor(resource)), identity);
    }

    private static EntitlementRequest request(
            IamServiceAccount resource, DesiredRole role, ClusterIdentity identity, Map<String, PolicyTemplate> known) {
        ResourceRef ref = ResourceRef.of(resource);
        return EntitlementRequest.of(
                ref.namespace(),
                ref.name(),
                resource.getSpec(),
                role,
                identity,
                TemplateRenderer.requests(resource, known));
    }

    private EntitlementDecision decide(
            IamServiceAccount resource, EntitlementRequest request, ClusterIdentity identity) {
        return decide(resource, evaluate(resource, request, identity), identity);
    }

    private EntitlementDecision decide(
            IamServiceAccount resource, EntitlementResults evaluation, ClusterIdentity identity) {
        return quota.decide(resource, evaluation, other -> roleName(other, identity));
    }

    /** Evaluates a request before the quota, which decides for one resource at a time. */
    private EntitlementResults evaluate(
            IamServiceAccount resource, EntitlementRequest request, ClusterIdentity identity) {
        templates.record(resource);
        return evaluator.evaluate(resource.getMetadata().getNamespace(), request, identity.account());
    }

    /** Returns the role with the policies of the templates that the resource uses, whether or not it may. */
    public DesiredRole render(IamServiceAccount resource, DesiredRole role, ClusterIdentity identity) {
        return TemplateRenderer.render(resource, role, identity, templates.templatesFor(resource));
    }

    private static String roleName(IamServiceAccount resource, ClusterIdentity identity) {
        ResourceRef ref = ResourceRef.of(resource);
        return Desired.identity(ref.namespace(), ref.name(), resource.getSpec(), identity)
                .name();
    }

    /**
     * Returns what each of the entitlements requires that may apply to the role of a resource; empty if that is unknown, because the
     * cache does not have the namespace.
     *
     * @param allowedBy the name of the entitlement that allows the resource
     */
    public Optional<List<Requirements>> requirements(
            IamServiceAccount resource, Optional<String> allowedBy, AwsAccount account) {
        return evaluator.requirements(resource.getMetadata().getNamespace(), allowedBy, account);
    }

    /** Records that the spec of this resource is invalid, so that it needs no quota. */
    public void deny(IamServiceAccount resource) {
        templates.record(resource);
        quota.deny(ResourceRef.of(resource));
    }

    /**
     * Records that the role in the status of a resource does not exist, so that it needs a place like any other.
     *
     * @return whether its place depended on that role, so that it has to be authorized again
     */
    public boolean refuteRole(IamServiceAccount resource) {
        return quota.refuteRole(resource.getMetadata().getUid());
    }

    /** Returns the roles that are proven to exist. What is written or read is recorded there. */
    public ExistingRoles existingRoles() {
        return existing;
    }

    /** Records what a complete sweep observed, and requeues the resources for which there may be room now. */
    public void observed(SweepSnapshot snapshot) {
        quota.observed(snapshot);
    }

    /** Forgets a resource that no longer exists. */
    public void forget(ResourceRef resource) {
        templates.forget(resource.uid());
        quota.forget(resource);
    }

    /** Returns whether each of these resources has been decided on since the start, as far as its role is in this account. */
    public boolean hasDecided(Stream<IamServiceAccount> resources) {
        return quota.hasAll(resources
                .filter(resource -> resource.getSpec().accountName().equals(account))
                .map(resource -> resource.getMetadata().getUid())
                .collect(Collectors.toSet()));
    }

    /** Returns how many resources each entitlement allows. */
    public Map<String, Integer> served() {
        return quota.served();
    }

    /** Returns how many resources use each template, whether or not they may. */
    public Map<String, Integer> templateUsers() {
        return templates.users();
    }

    /** Returns the policy templates by name, as last observed. */
    public Map<String, PolicyTemplate> templates() {
        return templates.templates();
    }

    /** Returns the entitlements as last observed. Each version of each is parsed once. */
    public Entitlements entitlements(AwsAccount account) {
        return evaluator.entitlements(account);
    }
}
