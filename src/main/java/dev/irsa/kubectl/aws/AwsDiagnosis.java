package dev.irsa.kubectl.aws;

import static dev.irsa.aws.AwsCalls.part;

import dev.irsa.aws.AwsCalls;
import dev.irsa.aws.AwsClients;
import dev.irsa.aws.EksAssociations;
import dev.irsa.aws.IamManagedPolicies;
import dev.irsa.aws.IamRoles;
import dev.irsa.aws.PolicyDocumentReader;
import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.permissions.AwsAction;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.diagnosis.AwsFacts.AssociationFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.RoleFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts.SimulatedAction;
import dev.irsa.kubectl.port.AwsDiagnosisReads;
import dev.irsa.port.AssociationReads.Listed;
import dev.irsa.port.CallInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;

/** Reads from AWS what decides about the credentials of a pod. */
public record AwsDiagnosis(IamClient iam, Supplier<CallerIdentity> identity, Supplier<EksClient> eks)
        implements AwsDiagnosisReads {
    private static final String SIMULATE = "iam:SimulatePrincipalPolicy";
    private static final AwsCalls CALLS = new AwsCalls(CallInterceptor.NONE);

    public AwsDiagnosis(AwsClients clients, Supplier<CallerIdentity> identity) {
        this(clients.iam(), identity, clients.eks());
    }

    @Override
    public CallerIdentity caller() {
        return identity.get();
    }

    @Override
    public Optional<RoleFacts> role(String name) {
        return new IamRoles(iam, CallInterceptor.NONE)
                .get(name)
                .map(role -> new RoleFacts(
                        part(role.arn(), AwsAction.GET_ROLE),
                        part(role.roleId(), AwsAction.GET_ROLE),
                        part(role.createDate(), AwsAction.GET_ROLE),
                        PolicyDocumentReader.read(role.assumeRolePolicyDocument(), AwsAction.GET_ROLE),
                        Optional.ofNullable(role.permissionsBoundary())
                                .map(boundary -> boundary.permissionsBoundaryArn())));
    }

    @Override
    public SortedMap<String, PolicyDocument> policies(String roleName) {
        return new RolePolicies(iam, CALLS, managed()).of(roleName);
    }

    @Override
    public Optional<PermissionsBoundary> boundary(String arn) {
        return managed().document(arn).map(document -> PermissionsBoundary.of(arn, document));
    }

    private IamManagedPolicies managed() {
        return new IamManagedPolicies(iam, CallInterceptor.NONE);
    }

    @Override
    public Optional<AssociationFacts> association(String cluster, String namespace, String serviceAccount) {
        AwsAction describe = AwsAction.DESCRIBE_POD_IDENTITY_ASSOCIATION;
        return new EksAssociations(eks, cluster, CallInterceptor.NONE)
                .find(namespace, serviceAccount)
                .map(Listed::id)
                .flatMap(id -> CALLS.find(
                        describe,
                        id,
                        () -> eks.get()
                                .describePodIdentityAssociation(
                                        request -> request.clusterName(cluster).associationId(id))))
                .map(response -> part(response.association(), describe))
                .map(found -> new AssociationFacts(
                        part(found.associationArn(), describe),
                        part(found.roleArn(), describe),
                        part(found.createdAt(), describe)));
    }

    @Override
    public SimulatedAction simulate(String roleArn, String action, String resource) {
        EvaluationResult result = CALLS
                .make(
                        SIMULATE,
                        roleArn,
                        () -> iam.simulatePrincipalPolicy(request -> request.policySourceArn(roleArn)
                                .actionNames(action)
                                .resourceArns(resource)))
                .evaluationResults()
                .stream()
                .findFirst()
                .orElseThrow(() -> AwsCalls.unreadable(SIMULATE));
        return new SimulatedAction(
                action, resource, Objects.requireNonNullElse(result.evalDecisionAsString(), "unknown"), detail(result));
    }

    private static String detail(EvaluationResult result) {
        List<String> details = new ArrayList<>();
        if (result.permissionsBoundaryDecisionDetail() != null
                && Boolean.FALSE.equals(
                        result.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())) {
            details.add("not allowed by the permissions boundary");
        }
        if (result.organizationsDecisionDetail() != null
                && Boolean.FALSE.equals(result.organizationsDecisionDetail().allowedByOrganizations())) {
            details.add("not allowed by a service control policy");
        }
        result.matchedStatements().forEach(statement -> details.add("decided by " + statement.sourcePolicyId()));
        return String.join(", ", details);
    }
}
