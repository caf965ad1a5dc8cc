package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.text.Page;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Checks the role in IAM. */
final class RoleChecks {
    /** IAM is eventually consistent; a new role is usually visible everywhere within seconds. */
    private static final Duration PROPAGATION = Duration.ofMinutes(2);

    private RoleChecks() {}

    /** Returns the result of a check of the existing role. */
    static Result ofRole(CredentialFacts facts, Function<RoleFacts, Result> check) {
        if (facts.aws().roleArn().isEmpty()) {
            return Result.notApplicable();
        }
        return facts.aws().role().check(role -> role.map(check).orElseGet(Result::notApplicable));
    }

    /** Replaces what to do about a role that the operator manages. It restores the role, and any other change would conflict. */
    static Result unlessRestored(CredentialFacts facts, Result result) {
        return result.isFailed()
                ? facts.manager()
                        .map(resource -> Result.failed(
                                result.seen(),
                                restores(resource, facts.subject().namespace())))
                        .orElse(result)
                : result;
    }

    private static String restores(ResourceFacts resource, String namespace) {
        return resource.problem().isEmpty()
                ? "do not change the role: the operator restores it with its next sweep, by default within ten minutes;"
                        + " if it does not, run: kubectl irsa check"
                : "do not change the role: the operator restores it once you resolve what the condition Ready reports; see:"
                        + " kubectl -n " + namespace + " describe iamserviceaccount " + resource.name();
    }

    static Result roleDoesNotExist(CredentialFacts facts, String wanted) {
        return unlessRestored(facts, facts.aws().role().check(found -> {
            if (found.isEmpty()) {
                return Result.failed(
                        wanted + " does not exist", "create the role, or correct the ARN; then " + facts.restart());
            }
            return found.get().arn().equals(wanted)
                    ? Result.ok(wanted)
                    : Result.failed(
                            wanted + " does not exist; the role of that name is "
                                    + found.get().arn(),
                            "correct the path in the ARN; then " + facts.restart());
        }));
    }

    static Result roleWasRecreated(CredentialFacts facts, String created) {
        return ofRole(
                facts,
                role -> role.id().equals(created)
                        ? Result.ok("ID " + role.id())
                        : Result.failed(
                                "the operator created the role with ID " + created + ", IAM has one with ID "
                                        + role.id() + "; another user deleted it and created it again",
                                "save the policies again that name the role as a Principal, such as key policies"
                                        + Page.RECREATED_ROLE.reference()));
    }

    static Result roleIsNew(CredentialFacts facts) {
        return ofRole(facts, role -> {
            Instant created = role.createdAt();
            if (created.isAfter(facts.now().minus(PROPAGATION))) {
                return Result.warning(
                        "the role was created at " + created + "; AWS may not have propagated it yet",
                        "wait two minutes and try again");
            }
            boolean newer =
                    facts.pod().map(pod -> created.isAfter(pod.createdAt())).orElse(false);
            return newer
                    ? Result.warning(
                            "the role was created at " + created + ", after the pod; if another role had this name"
                                    + " before, the pod may still have its credentials",
                            facts.restart())
                    : Result.ok("created at " + created);
        });
    }
}
