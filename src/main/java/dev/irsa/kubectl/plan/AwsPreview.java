package dev.irsa.kubectl.plan;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.kubectl.preview.Preview;
import dev.irsa.kubectl.preview.PreviewPorts;
import dev.irsa.kubectl.preview.ReconcilePreview;
import dev.irsa.port.OperatorSettings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Previews resources over what AWS shows. What the user may not read there is taken to be as it was last applied. */
final class AwsPreview {
    private final PlanSources.Aws aws;
    private final ReadCheck iam = new ReadCheck();
    private final ReadCheck eks = new ReadCheck();
    private final CheckedRoles roles;
    private final ReconcilePreview compared;
    private final LastAppliedPreview lastApplied;
    private boolean readsIam = true;

    AwsPreview(
            PlanSources sources,
            PlanSources.Aws aws,
            OperatorSettings settings,
            PlannedCluster cluster,
            LastAppliedPreview lastApplied,
            InstantSource clock) {
        this.aws = aws;
        this.lastApplied = lastApplied;
        this.roles = new CheckedRoles(aws.roles(), iam);
        this.compared = new ReconcilePreview(
                new PreviewPorts(
                        roles,
                        new CheckedAssociations(aws.associations(), eks),
                        cluster,
                        cluster,
                        aws.provider(),
                        sources.podIdentity()),
                settings.identity(),
                settings.audiences(),
                clock);
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
    Preview of(IamServiceAccount resource, Optional<IamServiceAccount> before, BiConsumer<String, Failure> failed) {
        Preview preview = checked(() -> compared.ofResumed(resource));
        Optional<Failure> association = eks.failure();
        if (association.isPresent()) {
            failed.accept("EKS", association.get());
            preview = checked(() -> lastApplied.of(resource, before, roles, aws.provider()));
        }
        Optional<Failure> role = iam.failure();
        if (role.isPresent()) {
            readsIam = false;
            failed.accept("IAM", role.get());
            preview = lastApplied.of(resource, before);
        }
        return preview;
    }

    private Preview checked(Supplier<Preview> preview) {
        iam.reset();
        eks.reset();
        return preview.get();
    }
}
