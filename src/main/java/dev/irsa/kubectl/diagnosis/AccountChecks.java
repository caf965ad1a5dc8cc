package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AgentFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import java.util.List;
import java.util.Optional;

/** Checks the ServiceAccount and its role. */
final class AccountChecks {
    private AccountChecks() {}

    static Result resourceIsNotReady(CredentialFacts facts) {
        return facts.cluster()
                .resource()
                .check(found -> found.map(resource -> readiness(facts.subject().namespace(), resource))
                        .orElseGet(Result::notApplicable));
    }

    private static Result readiness(String namespace, ResourceFacts resource) {
        String remedy = "run: kubectl irsa explain " + resource.name() + " -n " + namespace;
        return resource.problem()
                .map(problem -> {
                    String seen = "IamServiceAccount " + resource.name() + " is not Ready: " + problem.text();
                    return problem.isFinal() ? Result.failed(seen, remedy) : Result.warning(seen, remedy);
                })
                .orElseGet(() -> Result.ok("IamServiceAccount " + resource.name() + " is Ready"));
    }

    static Result serviceAccountDoesNotExist(CredentialFacts facts) {
        String name = facts.subject().namespace() + "/" + facts.subject().serviceAccount();
        return facts.cluster()
                .account()
                .check(found -> found.isPresent()
                        ? Result.ok(name + " exists")
                        : Result.failed(
                                name + " does not exist",
                                "create it, or correct spec.serviceAccountName of the pod" + others(facts)));
    }

    static Result serviceAccountHasNoRole(CredentialFacts facts) {
        if (facts.association().isPresent()) {
            return Result.ok(
                    "Pod Identity association with " + facts.association().get().roleArn());
        }
        return facts.cluster()
                .account()
                .check(account -> facts.annotatedRole()
                        .map(role -> Result.ok("annotation " + DesiredServiceAccount.ROLE_ARN + ": " + role))
                        .orElseGet(() -> withoutAnnotation(facts)));
    }

    private static Result withoutAnnotation(CredentialFacts facts) {
        String missing = "ServiceAccount " + facts.subject().serviceAccount() + " has no annotation "
                + DesiredServiceAccount.ROLE_ARN;
        if (facts.hasContainerCredentials()) {
            return Result.ok(missing + "; the pod uses EKS Pod Identity");
        }
        if (PodChecks.configuresIrsaItself(facts)) {
            return Result.warning(missing + "; the pod sets its role and token itself", "");
        }
        Result noRole = Result.failed(
                missing + associations(facts.aws().association()),
                "create an IamServiceAccount for it, or run the pod with a ServiceAccount that has a role"
                        + others(facts));
        boolean mayHaveAssociation = facts.pod().isEmpty()
                && facts.cluster().agent().known().map(AgentFacts::installed).orElse(true);
        return mayHaveAssociation ? facts.aws().association().check(_ -> noRole) : noRole;
    }

    private static String associations(Evidence<Optional<AssociationFacts>> association) {
        return switch (association) {
            case Evidence.Known<Optional<AssociationFacts>> _ -> " and no EKS Pod Identity association";
            case Evidence.Unreadable<Optional<AssociationFacts>>(String reason) ->
                "; EKS Pod Identity associations were not checked: " + reason;
        };
    }

    private static String others(CredentialFacts facts) {
        List<String> names = facts.cluster().accountsWithRole().known().orElse(List.of());
        return names.isEmpty() ? "" : "; in this namespace, these have one: " + String.join(", ", names);
    }

    static Result roleArnIsMalformed(CredentialFacts facts, String arn) {
        return RoleArn.of(arn).isPresent()
                ? Result.ok(arn)
                : Result.failed(
                        "\"" + arn + "\" is not the ARN of an IAM role",
                        "use the form arn:aws:iam::ACCOUNT:role/PATH/NAME, and " + facts.restart());
    }
}
