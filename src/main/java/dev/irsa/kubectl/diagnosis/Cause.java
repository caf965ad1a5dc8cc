package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.observed.ObservedPod;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Every reason that keeps a pod from getting its credentials and that is visible from outside of the pod. The order is that of
 * the chain from the resource to AWS, and a diagnosis names the first that it finds. A cause is examined only if none of the causes that it may follow from was found.
 */
@SuppressWarnings("ImmutableEnumChecker") // a function without state, and an immutable list
public enum Cause {
    ResourceNotReady("IamServiceAccount is Ready", AccountChecks::resourceIsNotReady),
    ServiceAccountMissing("ServiceAccount exists", AccountChecks::serviceAccountDoesNotExist, ResourceNotReady),
    ServiceAccountHasNoRole("ServiceAccount has a role", AccountChecks::serviceAccountHasNoRole, ServiceAccountMissing),
    RoleArnMalformed(
            "ARN of the role is valid",
            of(facts -> facts.aws().roleArn(), AccountChecks::roleArnIsMalformed),
            ServiceAccountHasNoRole),
    AssociationMissing(
            "Pod Identity association exists",
            ofPodIdentity(PodIdentityChecks::associationWasDeleted),
            ServiceAccountHasNoRole),
    AssociationOverridesAnnotation(
            "Pod Identity association and annotation agree",
            of(CredentialFacts::annotatedRole, PodIdentityChecks::associationOverridesAnnotation)),

    WebhookMissing("Pod identity webhook is configured", WebhookChecks::webhookIsMissing, ServiceAccountHasNoRole),
    PodSkipsWebhook(
            "Pod does not opt out of the webhook",
            of(CredentialFacts::pod, WebhookChecks::podSkipsWebhook),
            WebhookMissing),
    WebhookIgnoresPod("Webhook selects the pod", WebhookChecks::webhookDoesNotSelectPod, PodSkipsWebhook),
    ContainerSkipped(
            "Container is not excluded from the webhook",
            of(CredentialFacts::container, WebhookChecks::containerIsSkipped),
            WebhookIgnoresPod),

    ContainerSetsRole(
            "Container uses the role of the ServiceAccount",
            ofIrsa(of(CredentialFacts::container, PodChecks::containerSetsRole)),
            ContainerSkipped),
    PodOlderThanAnnotation(
            "Pod is newer than the annotation", ofIrsa(PodChecks::podIsOlderThanAnnotation), ContainerSetsRole),
    AssociationNewerThanPod(
            "Pod is newer than the Pod Identity association",
            of(CredentialFacts::pod, PodIdentityChecks::associationIsNewerThanPod),
            ContainerSkipped,
            AssociationOverridesAnnotation),
    WebhookFailedOpen(
            "Webhook changed the pod",
            PodChecks::webhookFailedOpen,
            PodOlderThanAnnotation,
            AssociationNewerThanPod,
            AssociationMissing),
    OtherCredentialsFirst(
            "No other credentials come first",
            of(CredentialFacts::container, (_, container) -> PodChecks.otherCredentialsComeFirst(container))),
    TokenNotReadable(
            "Container can read the token", of(CredentialFacts::pod, PodChecks::tokenIsNotReadable), WebhookFailedOpen),
    NodeCredentialsReachable(
            "Pod does not share the node's network",
            of(CredentialFacts::pod, (_, pod) -> PodChecks.nodeCredentialsAreReachable(pod))),

    PodOnFargate(
            "Node supports Pod Identity",
            ofPodIdentity(of(CredentialFacts::pod, (_, pod) -> PodIdentityChecks.podRunsOnFargate(pod)))),
    AgentMissing("Pod Identity Agent is installed", ofPodIdentity(PodIdentityChecks::agentIsMissing), PodOnFargate),
    AgentNotOnNode(
            "Pod Identity Agent is ready on the node",
            ofPodIdentity(
                    of(facts -> facts.pod().flatMap(ObservedPod::node), PodIdentityChecks::agentIsNotReadyOnNode)),
            AgentMissing),
    ProxyHidesAgent(
            "Container reaches the Pod Identity Agent",
            ofPodIdentity(
                    of(CredentialFacts::container, (_, container) -> PodIdentityChecks.proxyHidesAgent(container)))),

    IssuerNotPublic("Issuer can be public", ofIrsa(IssuerChecks::issuerCannotBePublic), ServiceAccountHasNoRole),
    DiscoveryNotPublic("Discovery document is public", ofIrsa(IssuerChecks::discoveryIsNotPublic), IssuerNotPublic),
    SigningKeyNotPublic("Signing keys are public", ofIrsa(IssuerChecks::signingKeyIsNotPublic), DiscoveryNotPublic),
    ProviderMissing(
            "IAM has an OIDC provider for the issuer", ofIrsa(IssuerChecks::providerIsMissing), IssuerNotPublic),
    AudienceNotAccepted(
            "OIDC provider accepts the audience of the token",
            ofIrsa(IssuerChecks::audienceIsNotAccepted),
            ProviderMissing),

    RoleMissing(
            "Role exists",
            of(facts -> facts.aws().roleArn(), RoleChecks::roleDoesNotExist),
            RoleArnMalformed,
            AssociationMissing),
    RoleRecreated(
            "Role is the one that the operator created",
            of(CredentialFacts::createdRoleId, RoleChecks::roleWasRecreated),
            RoleMissing),
    RoleTooNew("Role is not new", RoleChecks::roleIsNew, RoleRecreated),

    TrustNamesOtherIssuer("Trust policy names the issuer", TrustChecks::trustNamesOtherIssuer, RoleMissing),
    TrustDoesNotAllowAction(
            "Trust policy allows AssumeRoleWithWebIdentity",
            TrustChecks::trustDoesNotAllowAction,
            TrustNamesOtherIssuer),
    TrustWildcardIsLiteral(
            "Trust policy uses wildcards with StringLike", TrustChecks::wildcardIsLiteral, TrustDoesNotAllowAction),
    TrustSubjectDiffers("Trust policy admits the ServiceAccount", TrustChecks::subjectDiffers, TrustWildcardIsLiteral),
    TrustAudienceDiffers("Trust policy admits the audience", TrustChecks::audienceDiffers, TrustSubjectDiffers),
    TrustUndecided("Trust policy has no other conditions", TrustChecks::trustIsUndecided, TrustAudienceDiffers),

    TrustRefusesPodIdentity(
            "Trust policy admits EKS Pod Identity", PodIdentityTrustChecks::trustRefusesPodIdentity, RoleMissing),
    TrustMissesTagSession(
            "Trust policy allows TagSession", PodIdentityTrustChecks::trustMissesTagSession, TrustRefusesPodIdentity),
    TrustTagsDiffer(
            "Trust policy admits the ServiceAccount by its tags",
            PodIdentityTrustChecks::trustTagsDiffer,
            TrustMissesTagSession),
    SessionTagsTooLarge(
            "Names fit into the session tags of EKS Pod Identity",
            of(CredentialFacts::clusterArn, PodIdentityTrustChecks::sessionTagsMayBeTooLarge)),

    TokenRejected(
            "AWS accepts a token of the ServiceAccount",
            of(CredentialFacts::proof, (_, proof) -> ProofChecks.tokenIsRejected(proof)),
            ServiceAccountHasNoRole,
            DiscoveryNotPublic,
            SigningKeyNotPublic,
            ProviderMissing,
            AudienceNotAccepted,
            RoleArnMalformed),
    RoleDenied(
            "AWS issues credentials of the role",
            of(CredentialFacts::proof, ProofChecks::roleIsDenied),
            TokenRejected,
            RoleMissing,
            TrustAudienceDiffers),
    BoundaryMissing("Permissions boundary exists", BoundaryChecks::boundaryDoesNotExist, RoleMissing),
    BoundaryDeniesPolicies(
            "Permissions boundary allows what the policies allow",
            BoundaryChecks::boundaryDeniesPolicies,
            BoundaryMissing),
    ActionDenied("Policies of the role allow the action", ProofChecks::actionIsDenied, RoleMissing);

    private final String title;
    private final Function<CredentialFacts, Result> check;
    private final List<Cause> mayFollowFrom;

    Cause(String title, Function<CredentialFacts, Result> check, Cause... mayFollowFrom) {
        this.title = title;
        this.check = check;
        this.mayFollowFrom = List.of(mayFollowFrom);
    }

    /** Makes a check of something that not every ServiceAccount or pod has. */
    private static <T> Function<CredentialFacts, Result> of(
            Function<CredentialFacts, Optional<T>> subject, BiFunction<CredentialFacts, T, Result> check) {
        return facts ->
                subject.apply(facts).map(found -> check.apply(facts, found)).orElseGet(Result::notApplicable);
    }

    private static Function<CredentialFacts, Result> ofIrsa(Function<CredentialFacts, Result> check) {
        return facts -> facts.usesPodIdentity() ? Result.notApplicable() : check.apply(facts);
    }

    private static Function<CredentialFacts, Result> ofPodIdentity(Function<CredentialFacts, Result> check) {
        return facts -> facts.usesPodIdentity() ? check.apply(facts) : Result.notApplicable();
    }

    /** Returns what holds if this cause is absent. */
    public String title() {
        return title;
    }

    Result examine(CredentialFacts facts) {
        return check.apply(facts);
    }

    List<Cause> mayFollowFrom() {
        return mayFollowFrom;
    }
}
