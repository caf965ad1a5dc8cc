package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.desired.DesiredServiceAccount;
import dev.irsa.fake.RoleRecord;
import dev.irsa.fake.ServiceAccountRecord;
import dev.irsa.fake.SimulatedOperator;
import java.util.Optional;

/** One operator with one namespace, and mostly one resource in it: {@code payments/invoices}. */
final class Trial {
    static final String NS = "payments";
    static final String NAME = "invoices";
    static final String ROLE = "prod_payments_invoices";
    static final String S3 = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
    static final String SQS = "arn:aws:iam::aws:policy/AmazonSQSFullAccess";

    /** One managed and one inline policy. */
    static final String USUAL = """
            policies:
              managed: [AmazonS3ReadOnlyAccess]
              inline:
              - name: read
                document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}
            """;

    final SimulatedOperator operator;

    Trial() {
        this(Settings.DEFAULT);
    }

    Trial(Settings settings) {
        operator = new SimulatedOperator(settings);
    }

    /** The resource, and everything at rest. */
    static Trial ready(String spec) {
        Trial trial = new Trial();
        trial.apply(spec);
        trial.operator.settle();
        if (!trial.isReady()) {
            throw new AssertionError("not ready: " + trial.status());
        }
        trial.forgetCalls();
        return trial;
    }

    void forgetCalls() {
        operator.iam().calls().reset();
        operator.gate().reset();
    }

    void apply(String spec) {
        operator.hands().apply(NS, NAME, spec);
    }

    void delete() {
        operator.hands().delete(NS, NAME);
    }

    /** Has somebody do this right before the nth call from now on. */
    void atCall(int nth, Runnable act) {
        int[] left = {nth};
        operator.gate().before(_ -> {
            if (--left[0] == 0) {
                act.run();
            }
        });
    }

    /** Has somebody wait for the end of the resource who then does this, once. */
    void whenGone(Runnable act) {
        boolean[] done = {false};
        operator.gate().after(_ -> {
            if (!done[0] && resource().isEmpty()) {
                done[0] = true;
                act.run();
            }
        });
    }

    Optional<IamServiceAccount> resource() {
        return operator.hands().resource(NS, NAME);
    }

    IamServiceAccountStatus status() {
        return status(NAME);
    }

    IamServiceAccountStatus status(String name) {
        return Optional.ofNullable(
                        operator.hands().resource(NS, name).orElseThrow().getStatus())
                .orElseThrow();
    }

    Optional<Condition> condition(String type) {
        return status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    boolean isReady() {
        return isReady(NAME);
    }

    boolean isReady(String name) {
        return status(name).conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Ready") && condition.status().equals("True"));
    }

    String reason() {
        return reason(NAME);
    }

    String reason(String name) {
        return status(name).conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(Condition::reason)
                .findFirst()
                .orElse("");
    }

    String message() {
        return condition("Ready").map(Condition::message).orElse("");
    }

    RoleRecord role() {
        return operator.iam().role(ROLE).orElseThrow();
    }

    ServiceAccountRecord serviceAccount() {
        return operator.hands().serviceAccount(NS, NAME).orElseThrow();
    }

    /** The role that the ServiceAccount points at. */
    Optional<String> pointer() {
        return operator.hands()
                .serviceAccount(NS, NAME)
                .map(account -> account.annotations().get(DesiredServiceAccount.ROLE_ARN));
    }

    /** Whether nothing of ours is left. */
    boolean isClean() {
        return operator.iam().roles().isEmpty()
                && operator.hands().resources().isEmpty()
                && operator.hands().serviceAccounts().isEmpty();
    }
}
