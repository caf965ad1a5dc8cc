package dev.irsa.kubectl.doctor;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.kubectl.diagnosis.AwsFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.BoundaryFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.ProviderFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.doctor.EvidenceCollector.Accounts;
import dev.irsa.kubectl.doctor.EvidenceCollector.Aws;
import dev.irsa.reconcile.identity.OidcProviderFinder;
import java.util.List;
import java.util.Optional;

/** Collects what AWS shows. Without credentials, nothing is asked. */
record AwsEvidence(Accounts accounts, DoctorRequest request) {
    /**
     * Reads everything about the role.
     *
     * @param annotated the role without EKS Pod Identity; empty if there is none
     * @param elsewhere the role of the resource, if that is in another account than that of the operator
     */
    AwsFacts collect(Evidence<String> issuer, Optional<String> annotated, Optional<RoleInOtherAccount> elsewhere) {
        Evidence<Optional<AssociationFacts>> association = association();
        Optional<String> associated =
                association.known().flatMap(found -> found).map(AssociationFacts::roleArn);
        // On Fargate, there is no agent for the association.
        Optional<String> roleArn =
                request.subject().pod().filter(ObservedPod::runsOnFargate).isPresent()
                        ? annotated.or(() -> associated)
                        : associated.or(() -> annotated);
        Evidence<Aws> reads = roleArn.isEmpty() && elsewhere.isPresent()
                ? accounts.id(elsewhere.get()).then(accounts::in)
                : inAccountOf(roleArn);
        Evidence<Optional<RoleFacts>> role = reads.then(from -> role(from, roleArn));
        return new AwsFacts(
                association,
                reads.then(from -> issuer.then(url -> EvidenceCollector.read(() -> provider(from, url)))),
                roleArn,
                role,
                reads.then(from -> role.then(found -> boundary(from, found))),
                simulate(reads, roleArn));
    }

    private List<Evidence<SimulatedAction>> simulate(Evidence<Aws> reads, Optional<String> roleArn) {
        return request.actions().stream()
                .map(action -> reads.then(from -> roleArn.map(role -> EvidenceCollector.read(
                                () -> from.diagnosis().simulate(role, action.action(), action.resource())))
                        .orElseGet(() -> Evidence.unreadable("there is no role"))))
                .toList();
    }

    private Evidence<Optional<AssociationFacts>> association() {
        return request.eksCluster()
                .map(cluster -> accounts.home()
                        .then(reads -> EvidenceCollector.read(() -> reads.diagnosis()
                                .association(
                                        cluster,
                                        request.subject().namespace(),
                                        request.subject().serviceAccount()))))
                .orElseGet(() -> Evidence.unreadable(
                        "the name of the cluster in EKS is not known; set --eks-cluster-name if it is one of EKS"));
    }

    /** IAM shows a role only to its own account. */
    private Evidence<Aws> inAccountOf(Optional<String> roleArn) {
        return roleArn.flatMap(RoleArn::of)
                .map(arn -> accounts.in(arn.account()))
                .orElseGet(accounts::home);
    }

    private static Evidence<Optional<RoleFacts>> role(Aws reads, Optional<String> roleArn) {
        Optional<String> name = roleArn.flatMap(RoleArn::of).map(RoleArn::name);
        return name.map(known -> EvidenceCollector.read(() -> reads.diagnosis().role(known)))
                .orElseGet(() -> Evidence.unreadable("the ARN of the role is not valid"));
    }

    private static Evidence<Optional<BoundaryFacts>> boundary(Aws reads, Optional<RoleFacts> role) {
        Optional<String> boundary = role.flatMap(RoleFacts::boundary);
        Optional<String> name = role.map(RoleFacts::arn).flatMap(RoleArn::of).map(RoleArn::name);
        if (boundary.isEmpty() || name.isEmpty()) {
            return Evidence.of(Optional.empty());
        }
        return EvidenceCollector.read(() -> reads.diagnosis()
                .boundary(boundary.get())
                .map(found -> new BoundaryFacts(found, reads.diagnosis().policies(name.get()))));
    }

    /** IAM may spell the host of the provider in another case. */
    private static ProviderFacts provider(Aws reads, String url) {
        Issuer issuer = new Issuer(url.startsWith("https://") ? url : "https://" + url);
        AwsAccount account = reads.diagnosis().caller().account();
        OidcProviderState state = new OidcProviderFinder(reads.providers()).find(issuer, account);
        if (state instanceof OidcProviderState.Found found) {
            return new ProviderFacts(account.oidcProvider(found.name()), Optional.of(found.audiences()), List.of());
        }
        List<String> nearMisses = state instanceof OidcProviderState.Missing missing ? missing.nearMisses() : List.of();
        return new ProviderFacts(
                account.oidcProvider(issuer.hostAndPath()),
                Optional.empty(),
                nearMisses.stream().map(account::oidcProvider).toList());
    }
}
