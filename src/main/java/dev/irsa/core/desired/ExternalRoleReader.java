package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.failure.Failure.InvalidSpec;
import java.util.Optional;
import java.util.Set;

/** Reads a spec that names a role of others, and checks what the schema cannot express. */
record ExternalRoleReader(SpecReader reader) {
    private static final String FIELD = "spec.externalRole.arn";

    Desired read(String arn) {
        Optional<ExternalRole> role = ExternalRole.parse(arn);
        if (role.isEmpty()) {
            return new Desired.Invalid(new InvalidSpec(
                    FIELD,
                    "it is not the ARN of a role; write one such as arn:aws:iam::111122223333:role/payments/invoices"));
        }
        DesiredDelivery delivery = reader.delivery();
        Optional<InvalidSpec> problem = roleProblem(role.get())
                .or(this::serviceAccountProblem)
                .or(() -> deliveryProblem(delivery))
                .or(reader::claimProblem);
        if (problem.isPresent()) {
            return new Desired.Invalid(problem.get());
        }
        return new Desired.External(
                role.get(), reader.serviceAccounts(delivery, arn).getFirst(), delivery);
    }

    /** No entitlement can allow the role of the operator or those that it manages. */
    private Optional<InvalidSpec> roleProblem(ExternalRole role) {
        ClusterIdentity cluster = reader.cluster();
        if (!role.isIn(cluster.account())) {
            return Optional.empty();
        }
        if (role.name().equalsIgnoreCase(cluster.account().operatorRole())) {
            return Optional.of(
                    new InvalidSpec(FIELD, role.name() + " is the operator's own role; choose another role"));
        }
        return role.isUnder(cluster.rolePath())
                ? Optional.of(new InvalidSpec(
                        FIELD,
                        role.arn() + " is under " + cluster.rolePath()
                                + ", the path of the roles that the operator manages; choose another role, or remove"
                                + " the field so that the operator creates one"))
                : Optional.empty();
    }

    /** The trust policy is checked for one ServiceAccount. A stored resource may be older than the rule of the schema. */
    private Optional<InvalidSpec> serviceAccountProblem() {
        return reader.spec().serviceAccounts().size() <= 1
                ? Optional.empty()
                : Optional.of(new InvalidSpec(
                        "spec.serviceAccounts",
                        "a role that others manage has one ServiceAccount; remove the others, or spec.externalRole"));
    }

    private Optional<InvalidSpec> deliveryProblem(DesiredDelivery delivery) {
        return delivery.kinds().equals(Set.of(Delivery.IRSA))
                ? Optional.empty()
                : Optional.of(new InvalidSpec(
                        "spec.delivery",
                        "spec.externalRole requires IRSA, and "
                                + (reader.spec().delivery().isEmpty() ? "the default of this cluster" : "the spec")
                                + " asks for EKS Pod Identity; set spec.delivery to [IRSA]"));
    }
}
