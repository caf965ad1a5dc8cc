package dev.irsa.kubectl.plan;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.kubectl.preview.Preview;
import dev.irsa.kubectl.preview.Preview.Service;
import dev.irsa.kubectl.preview.ReconcilePreview;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Previews resources over what AWS shows. What the user may not read there is taken to be as it was last applied. */
final class AwsPreview {
    private final PlanSources.Aws aws;
    private final ReconcilePreview compared;
    private final LastAppliedPreview lastApplied;
    private boolean readsIam = true;

    AwsPreview(PlanSources.Aws aws, LastAppliedPreview lastApplied) {
        this.aws = aws;
        this.compared = lastApplied.over(aws.roles(), aws.associations(), aws.provider());
        this.lastApplied = lastApplied;
    }

    /** Returns whether IAM showed every role so far. */
    boolean readsIam() {
        return readsIam;
    }

    /**
     * Returns what a reconcile would do.
     *
     * @param before the resource as the cluster has it now
     * @param failed receives the service that could not be read, and why
     */
    Preview of(IamServiceAccount resource, Optional<IamServiceAccount> before, BiConsumer<Service, Failure> failed) {
        Preview preview = compared.ofResumed(resource);
        Failure association = preview.failedReads().get(Service.EKS);
        if (association != null) {
            failed.accept(Service.EKS, association);
            preview = lastApplied.of(resource, before, aws.roles(), aws.provider());
        }
        Failure role = preview.failedReads().get(Service.IAM);
        if (role != null) {
            readsIam = false;
            failed.accept(Service.IAM, role);
            preview = lastApplied.of(resource, before);
        }
        return preview;
    }
}
