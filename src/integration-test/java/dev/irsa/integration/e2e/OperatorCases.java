package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.DoctorCase.healthy;

import dev.irsa.kubectl.diagnosis.Cause;
import java.util.List;
import java.util.function.Consumer;

/** What happens to the pods of a resource of the operator. */
record OperatorCases(TestEnvironment env) {
    private static final String ENTITLEMENT = "src/fixtures/resources/manifests/everything.yaml";

    List<DoctorCase> all() {
        return List.of(
                healthy("resource of the operator", () -> podOfRole(_ -> {})),
                DoctorCase.of(Cause.RoleMissing, "role deleted in the IAM console", () -> podOfRole(this::delete)),
                DoctorCase.of(Cause.RoleRecreated, "role deleted and created again", () -> podOfRole(this::recreate)),
                DoctorCase.of(Cause.ResourceNotReady, "resource without an entitlement", this::notEntitled)
                        .then(() -> env.kubectl().get("apply", "-f", ENTITLEMENT)));
    }

    /** Applies a resource, changes its role once it is Ready, and creates a pod. */
    private DoctorCase.Examined podOfRole(Consumer<String> change) {
        Subject subject = Subject.in(env).apply(AppliedResource.ONE_POLICY).awaitReady();
        change.accept(subject.roleName());
        HandmadeAccount account = new HandmadeAccount(env, subject.namespace());
        account.pod();
        return DoctorCase.Examined.podOf(account);
    }

    private void delete(String role) {
        ConsoleUser.deleteRole(env, role);
    }

    private void recreate(String name) {
        var role = env.role(name);
        delete(name);
        env.iam()
                .createRole(request -> request.roleName(name)
                        .path(role.path())
                        .assumeRolePolicyDocument(VisibleState.decoded(role.assumeRolePolicyDocument())));
    }

    private DoctorCase.Examined notEntitled() {
        env.kubectl().get("delete", "iamentitlement", "everything");
        Subject subject = Subject.in(env).apply(AppliedResource.ONE_POLICY);
        subject.awaitReason("NotEntitled");
        return DoctorCase.Examined.account(subject.namespace(), subject.name());
    }
}
