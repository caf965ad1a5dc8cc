package dev.irsa.demo;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fake.RoleRecord;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The operator at work, from the first manifest to the last trace. Exit code 1 when a step did not happen. */
public final class Demo {
    private static final String NAMESPACE = "payments";
    private static final String NAME = "invoices";
    private static final String ROLE = "laptop_payments_invoices";
    private static final String BAD = """
            apiVersion: irsa.dev/v1alpha1
            kind: IamServiceAccount
            metadata: {namespace: payments, name: reports}
            spec:
              policies:
                inline:
                - name: read-reports
                  document:
                    Statement: [{Effect: Permit, Action: "s3:GetObject", Resource: "*"}]
            """;

    private final Laptop laptop;
    private final Told told;

    private Demo(Laptop laptop, Told told) {
        this.laptop = laptop;
        this.told = told;
    }

    /** Runs it. */
    public static void main(String[] args) throws InterruptedException, IOException {
        int exitCode = 0;
        try (Laptop laptop = Laptop.start(Duration.ofSeconds(1), Duration.ofSeconds(1))) {
            tell(laptop, System.out);
        } catch (ConditionTimeoutException e) {
            System.out.println("\nThis step did not happen: " + e.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    /** Tells the whole story; throws when a step does not happen. */
    static void tell(Laptop laptop, PrintStream out) throws IOException {
        new Demo(laptop, new Told(out)).run();
    }

    private void run() throws IOException {
        told.say("The operator runs in this process, against an API server and an IAM that live in memory.");
        apply();
        repair();
        refuse();
        delete();
    }

    private void apply() throws IOException {
        told.step("A platform engineer says what may be asked for: kubectl apply -f deploy/entitlement.yaml");
        told.quote(applied("deploy/entitlement.yaml"));
        told.step("A developer asks for AWS permissions: kubectl apply -f deploy/samples/invoices.yaml");
        laptop.makeNamespace(NAMESPACE, Map.of());
        told.quote(applied("deploy/samples/invoices.yaml"));
        await(
                "it is not allowed yet",
                () -> laptop.ready(NAMESPACE, NAME, Condition::reason).equals("NotEntitled"));
        told.say("It is refused, with what is to be done: " + laptop.ready(NAMESPACE, NAME, Condition::message));
        told.step("The platform engineer does that: kubectl label namespace payments irsa.dev/entitlement=default");
        laptop.user()
                .namespaces()
                .withName(NAMESPACE)
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToLabels("irsa.dev/entitlement", "default")
                        .endMetadata()
                        .build());
        await("the resource becomes Ready", () -> ready().equals("True"));
        told.step("The operator made an IAM role, pointed a ServiceAccount at it, and says so.");
        told.table(List.of(laptop.resource(NAMESPACE, NAME)));
        told.say("The role's trust policy admits this ServiceAccount of this cluster, and nobody else:");
        told.json(role().trust());
        told.say("It carries the policies " + role().attached() + " and says whose it is: " + role().tags());
        told.say("Pods that use this ServiceAccount get the role's credentials:");
        told.serviceAccount(serviceAccount());
    }

    private String applied(String file) throws IOException {
        String manifest = Files.readString(Path.of(file));
        laptop.user().resource(manifest).fieldManager("kubectl").serverSideApply();
        return manifest;
    }

    private void repair() {
        told.step("Somebody widens the trust policy by hand, in the IAM console.");
        String wanted = role().trust();
        String widened = wanted.replace("StringEquals", "StringLike").replace(NAMESPACE + ":" + NAME, "*:*");
        laptop.iam().console().edit(ROLE, role -> role.withTrust(widened));
        told.json(role().trust());
        told.step("The next sweep (here every second, else every ten minutes) finds and repairs it.");
        await("the trust policy is as it was", () -> role().trust().equals(wanted));
        await("it is told", () -> events().anyMatch(event -> event.startsWith("DriftRepaired")));
        told.json(role().trust());
        told.say("Its events:");
        events().forEach(told::quote);
    }

    private Stream<String> events() {
        return laptop.user().events().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> NAME.equals(event.getRegarding().getName()))
                .map(event -> event.getReason() + ": " + event.getNote());
    }

    private void refuse() {
        told.step("A developer makes a mistake.");
        told.quote(BAD);
        laptop.user().resource(BAD).fieldManager("kubectl").serverSideApply();
        await(
                "the mistake is reported",
                () -> ready("reports", Condition::reason).equals("InvalidSpec"));
        told.table(List.of(laptop.resource(NAMESPACE, NAME), laptop.resource(NAMESPACE, "reports")));
        told.say("$ kubectl describe iamsa reports --namespace payments");
        told.quote("Message: " + ready("reports", Condition::message));
    }

    private void delete() {
        told.step("The developer takes both back: kubectl delete iamsa --all --namespace payments");
        laptop.user().resources(IamServiceAccount.class).inNamespace(NAMESPACE).delete();
        await(
                "the resources are gone",
                () -> laptop.user()
                        .resources(IamServiceAccount.class)
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems()
                        .isEmpty());
        await("the ServiceAccount is gone", () -> serviceAccount() == null);
        await("IAM is empty", () -> laptop.iam().roles().isEmpty());
        told.say("Left in IAM: " + laptop.iam().roles().size() + " roles. Left in the namespace: nothing of ours.");
        told.say("All calls to IAM of this demo: " + laptop.iam().calls().trail());
    }

    private RoleRecord role() {
        return laptop.iam().role(ROLE).orElseThrow();
    }

    private ServiceAccount serviceAccount() {
        return laptop.user()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
    }

    private String ready() {
        return ready(NAME, Condition::status);
    }

    private String ready(String name, Function<Condition, String> field) {
        return laptop.ready(NAMESPACE, name, field);
    }

    private static void await(String what, BooleanSupplier happened) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(happened::getAsBoolean);
    }
}
