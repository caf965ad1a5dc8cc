package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import dev.irsa.fixtures.eks.EksErrors;
import dev.irsa.fixtures.eks.InMemoryEks;
import dev.irsa.fixtures.eks.RoleState;
import dev.irsa.port.AssociationReads.Listed;
import dev.irsa.port.CallInterceptor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsRequest;
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsResponse;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;

class EksAssociationsTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/a";
    private static final String OTHER_ROLE = "arn:aws:iam::111122223333:role/b";
    private static final String ADD_ON = "arn:aws:eks:eu-west-1:111122223333:addon/prod/cni/1";
    private static final Map<String, String> TAGS = Map.of("irsa.dev/cluster", "live", "team", "");

    private final InMemoryEks eks = new InMemoryEks(InstantSource.system());
    private final EksAssociations associations = of("prod");

    @Test
    void createsAssociationThatItDescribes() {
        ObservedAssociation created = associations.create(invoices());

        assertThat(created.namespace()).isEqualTo("payments");
        assertThat(created.serviceAccount()).isEqualTo("invoices");
        assertThat(created.roleArn()).isEqualTo(ROLE);
        assertThat(created.tags()).isEqualTo(TAGS);
        assertThat(created.ownerArn()).isEmpty();
        assertThat(associations.describe(created.id())).contains(created);
    }

    @Test
    void listsAllPagesWithFullPages() {
        IntStream.range(0, 205).forEach(i -> eks.console().create("payments", "account-" + i, ROLE));

        assertThat(associations.list())
                .extracting(Listed::serviceAccount)
                .doesNotHaveDuplicates()
                .hasSize(205);
        assertThat(eks.calls().total()).isEqualTo(3);
    }

    @Test
    void findsAssociationBehindAnEmptyPage() {
        String id = eks.console().create("payments", "invoices", ROLE).id();
        eks.console().create("orders", "invoices", ROLE);
        eks.console().edit(id, association -> association.withOwner(ADD_ON));
        eks.settings().pageSize(0);

        assertThat(associations.find("payments", "invoices"))
                .contains(new Listed(
                        id,
                        "arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/" + id,
                        "payments",
                        "invoices",
                        Optional.of(ADD_ON)));
        assertThat(associations.find("payments", "refunds")).isEmpty();
    }

    @Test
    void skipsIncompleteEntryOfList() {
        EksAssociations incomplete = new EksAssociations(
                () -> new EksClient() {
                    @Override
                    public ListPodIdentityAssociationsResponse listPodIdentityAssociations(
                            ListPodIdentityAssociationsRequest request) {
                        return ListPodIdentityAssociationsResponse.builder()
                                .associations(
                                        PodIdentityAssociationSummary.builder()
                                                .associationId("a-1")
                                                .build(),
                                        PodIdentityAssociationSummary.builder()
                                                .associationId("a-2")
                                                .associationArn("arn")
                                                .namespace("n")
                                                .serviceAccount("s")
                                                .ownerArn("")
                                                .build())
                                .build();
                    }

                    @Override
                    public String serviceName() {
                        return SERVICE_NAME;
                    }

                    @Override
                    public void close() {}
                },
                "prod",
                CallInterceptor.NONE);

        assertThat(incomplete.list()).containsExactly(new Listed("a-2", "arn", "n", "s", Optional.empty()));
    }

    @Test
    void updatesRole() {
        String id = associations.create(invoices()).id();

        associations.update(new UpdatePodIdentityAssociation(id, "invoices", OTHER_ROLE, AssociationOptions.NONE));

        assertThat(associations.describe(id).orElseThrow().roleArn()).isEqualTo(OTHER_ROLE);
    }

    @Test
    void removesWhatOthersSetBesidesTheRole() {
        String id = associations.create(invoices()).id();
        AssociationOptions foreign = new AssociationOptions(Optional.of(OTHER_ROLE), true, Optional.of("{}"));
        eks.console().edit(id, found -> found.withOptions(foreign));
        assertThat(associations.describe(id).orElseThrow().options()).isEqualTo(foreign);

        associations.update(new UpdatePodIdentityAssociation(id, "invoices", ROLE, foreign));

        assertThat(associations.describe(id).orElseThrow().options()).isEqualTo(AssociationOptions.NONE);
    }

    @Test
    void reportsThatEksDoesNotSeeAnAssociation() {
        String id = associations.create(invoices()).id();
        DeletePodIdentityAssociation deletion = new DeletePodIdentityAssociation(id, "invoices");

        associations.delete(deletion);

        assertThat(failure(() -> associations.delete(deletion))).isInstanceOf(AwsFailure.NotFound.class);
        assertThat(associations.describe(id)).isEmpty();
        assertThat(associations.list()).isEmpty();
        assertThat(failure(() -> associations.update(
                        new UpdatePodIdentityAssociation(id, "invoices", ROLE, AssociationOptions.NONE))))
                .isInstanceOf(AwsFailure.NotFound.class);
    }

    @Test
    void namesAssociationThatExists() {
        String id = associations.create(invoices()).id();

        assertThat(failure(() -> associations.create(invoices())))
                .isEqualTo(new AwsFailure.AssociationExists(id, "Association already exists: " + id));
    }

    @Test
    void missingClusterIsNotAMissingAssociation() {
        String id = associations.create(invoices()).id();
        EksAssociations elsewhere = of("elsewhere");
        List<ThrowingCallable> calls = List.of(
                elsewhere::list,
                () -> elsewhere.find("payments", "invoices"),
                () -> elsewhere.describe(id),
                () -> elsewhere.create(invoices()),
                () -> elsewhere.update(new UpdatePodIdentityAssociation(id, "invoices", ROLE, AssociationOptions.NONE)),
                () -> elsewhere.delete(new DeletePodIdentityAssociation(id, "invoices")));

        assertThat(calls)
                .allSatisfy(call -> assertThat(failure(call))
                        .isEqualTo(new Failure.PodIdentityUnavailable(
                                "EKS has no cluster named elsewhere in the operator's AWS account and region; set"
                                        + " --eks-cluster-name or --region")));
    }

    @ParameterizedTest
    @CsvSource({
        "MISSING, Role provided in the request does not exist",
        "UNTRUSTING, Trust policy of the role provided is invalid"
    })
    void distinguishesRoleThatEksCannotUse(RoleState state, String detail) {
        String id = associations.create(invoices()).id();
        eks.settings().roles(arn -> state);

        assertThat(failure(() -> associations.create(change("refunds"))))
                .isEqualTo(new AwsFailure.Refused(Reason.InvalidSpec, "eks:CreatePodIdentityAssociation", detail));
        assertThat(failure(() -> associations.update(
                        new UpdatePodIdentityAssociation(id, "invoices", OTHER_ROLE, AssociationOptions.NONE))))
                .isEqualTo(new AwsFailure.Refused(Reason.InvalidSpec, "eks:UpdatePodIdentityAssociation", detail));
    }

    @Test
    void reportsQuota() {
        eks.settings().quota(0);

        assertThat(failure(() -> associations.create(invoices())).reason()).isEqualTo(Reason.QuotaExceeded);
    }

    @Test
    void namesThrottledService() {
        eks.faults().throttleAll();

        assertThat(failure(associations::list))
                .isEqualTo(new Failure.Passing(
                        Reason.Throttled, "AWS is throttling EKS in this account; retrying, no action needed"));
    }

    @Test
    void serverErrorIsTransient() {
        eks.faults().failAll(EksErrors.serverError());

        assertThat(failure(() -> associations.describe("a-1")).reason()).isEqualTo(Reason.AwsUnavailable);
    }

    @Test
    void reportsMissingPermission() {
        eks.faults().deny("CreatePodIdentityAssociation");

        assertThat(failure(() -> associations.create(invoices())))
                .isInstanceOfSatisfying(
                        Failure.AccessDenied.class,
                        denied -> assertThat(denied.action()).isEqualTo("eks:CreatePodIdentityAssociation"));
    }

    @Test
    void passesEachCallToTheInterceptorBeforeItAsksForTheClient() {
        List<String> passed = new ArrayList<>();
        EksAssociations observed = new EksAssociations(
                () -> {
                    passed.add("client");
                    return eks;
                },
                "prod",
                new CallInterceptor() {
                    @Override
                    public <T> T intercept(ExternalCall call, Supplier<T> work) {
                        passed.add(call.toString());
                        return work.get();
                    }
                });
        assertThat(passed).isEmpty();

        observed.create(invoices());
        observed.find("payments", "invoices");

        assertThat(passed)
                .containsExactly(
                        "eks:CreatePodIdentityAssociation payments/invoices",
                        "client",
                        "eks:ListPodIdentityAssociations payments/invoices",
                        "client");
    }

    private EksAssociations of(String cluster) {
        return new EksAssociations(() -> eks, cluster, CallInterceptor.NONE);
    }

    private static CreatePodIdentityAssociation invoices() {
        return change("invoices");
    }

    private static CreatePodIdentityAssociation change(String serviceAccount) {
        return new CreatePodIdentityAssociation("payments", serviceAccount, ROLE, new TreeMap<>(TAGS));
    }

    private static Failure failure(ThrowingCallable call) {
        return catchThrowableOfType(FailureException.class, call).failure();
    }
}
