package dev.irsa.fake;

import static dev.irsa.fake.IamContract.INLINE;
import static dev.irsa.fake.IamContract.TRUST;
import static dev.irsa.fake.IamContract.decoded;
import static dev.irsa.fake.IamContract.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.UnmodifiableEntityException;

/** Rules of IAM that cannot be asked of moto, and what a test may set and see. */
class InMemoryIamTest implements IamContract {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.250Z");
    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

    private final InMemoryIam iam = new InMemoryIam(InstantSource.fixed(NOW));

    @Override
    public IamClient iam() {
        return iam;
    }

    @Test
    void holdsAsManyRolesAsTheQuotaSays() {
        iam.account().quotas(iam.account().quotas().withRoles(2));
        create("a");
        create("b");

        assertThatThrownBy(() -> create("c"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("Cannot exceed quota for RolesPerAccount: 2");
        assertThat(iam.roles()).hasSize(2);
    }

    @Test
    void attachesAsManyPoliciesAsTheQuotaSays() {
        create("a");
        IntStream.range(0, 10).forEach(i -> attach("arn:aws:iam::aws:policy/P" + i));
        attach("arn:aws:iam::aws:policy/P9");

        assertThatThrownBy(() -> attach("arn:aws:iam::aws:policy/P10"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("Cannot exceed quota for PoliciesPerRole: 10");
    }

    @Test
    void countsTagsThatAreThereAlready() {
        create(
                "a",
                r -> r.tags(IntStream.range(0, 50)
                        .mapToObj(i -> tag("key" + i, "v"))
                        .toList()));

        iam.tagRole(r -> r.roleName("a").tags(tag("KEY7", "w")));
        assertThatThrownBy(() -> iam.tagRole(r -> r.roleName("a").tags(tag("more", "v"))))
                .isInstanceOf(LimitExceededException.class);
        assertThat(iam.role("a").orElseThrow().tags()).hasSize(50).containsEntry("KEY7", "w");
    }

    @Test
    void countsPoliciesWithoutWhiteSpace() {
        var spread = TRUST.replace(",", "," + " ".repeat(3000));

        assertThat(create("a", r -> r.assumeRolePolicyDocument(spread)).roleName())
                .isEqualTo("a");
    }

    @Test
    void deletesNoRoleThatAnInstanceProfileHolds() {
        create("a");
        iam.console().edit("a", role -> role.inInstanceProfile("nodes"));

        assertThatThrownBy(() -> iam.deleteRole(r -> r.roleName("a"))).isInstanceOf(DeleteConflictException.class);
        assertThat(iam.listInstanceProfilesForRole(r -> r.roleName("a")).instanceProfiles())
                .extracting(InstanceProfile::instanceProfileName)
                .containsExactly("nodes");

        iam.console().edit("a", role -> role.outOfInstanceProfile("nodes"));
        iam.deleteRole(r -> r.roleName("a"));
        assertThat(iam.role("a")).isEmpty();
    }

    @Test
    void leavesRolesOfAwsAlone() {
        iam.console().create("AWSServiceRoleForSupport", "/aws-service-role/support.amazonaws.com/", TRUST);

        assertThatThrownBy(() -> iam.deleteRole(r -> r.roleName("AWSServiceRoleForSupport")))
                .isInstanceOf(UnmodifiableEntityException.class)
                .hasMessageContaining("this role is only modifiable by AWS");
    }

    @Test
    void knowsCustomerPoliciesAsTold() {
        create("a");
        iam.account().customerPolicies(Set.of(BOUNDARY));

        attach(BOUNDARY);
        assertThatThrownBy(() -> attach(BOUNDARY + "2")).isInstanceOf(NoSuchEntityException.class);
        assertThatThrownBy(() -> attach("arn:aws-cn:iam::aws:policy/ReadOnlyAccess"))
                .isInstanceOf(NoSuchEntityException.class);
        assertThatThrownBy(() -> attach("arn:aws:iam::999999999999:policy/foreign"))
                .isInstanceOf(NoSuchEntityException.class);
    }

    @Test
    void findsARoleByItsNameInAnotherCaseUnlessToldOtherwise() {
        create("payments");

        assertThat(get("PAYMENTS").roleName()).isEqualTo("payments");

        iam.account().caseSensitiveLookups(true);
        assertThatThrownBy(() -> get("PAYMENTS")).isInstanceOf(NoSuchEntityException.class);
        assertRefused("EntityAlreadyExists", () -> create("PAYMENTS"));
    }

    @Test
    void namesAnAccountInATrustPolicyByItsRoot() {
        var trust = """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow",\
                "Principal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}}""";
        create("a", r -> r.assumeRolePolicyDocument(trust));

        assertThat(decoded(get("a").assumeRolePolicyDocument()))
                .isEqualTo(trust.replace("444455556666", "arn:aws:iam::444455556666:root"));
    }

    @Test
    void refusesPrincipalsThatDoNotExist() {
        assertThatThrownBy(() -> create("a", r -> r.assumeRolePolicyDocument("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow",\
                        "Principal":{"AWS":"arn:aws:iam::444455556666:role/NoSuch"},"Action":"sts:AssumeRole"}}""")))
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageContaining("Invalid principal in policy");
    }

    @Test
    void encodesDocumentsByRfc3986() {
        create("a");
        iam.putRolePolicy(r ->
                r.roleName("a").policyName("p").policyDocument(INLINE.replace("\"*\"", "\"arn:aws:s3:::b-._~/* +é\"")));

        assertThat(iam.getRolePolicy(r -> r.roleName("a").policyName("p")).policyDocument())
                .contains("arn%3Aaws%3As3%3A%3A%3Ab-._~%2F%2A%20%2B%C3%A9");
    }

    @Test
    void takesTimeFromTheClockAndGivesTheSameIdsInEveryRun() {
        var again = new InMemoryIam(InstantSource.fixed(NOW));
        var role = create("a");
        var same = again.createRole(r -> r.roleName("b").assumeRolePolicyDocument(TRUST))
                .role();

        assertThat(role.createDate()).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(same.roleId()).isEqualTo(role.roleId());
        assertThat(create("b").roleId()).isNotEqualTo(role.roleId());
    }

    @Test
    void liesInThePartitionItIsTold() {
        var china = new InMemoryIam("aws-cn", "111122223333", InstantSource.fixed(NOW));

        china.createRole(r -> r.roleName("a").path("/irsa/").assumeRolePolicyDocument(TRUST));
        china.attachRolePolicy(r -> r.roleName("a").policyArn("arn:aws-cn:iam::aws:policy/ReadOnlyAccess"));

        assertThat(china.role("a").orElseThrow().arn()).isEqualTo("arn:aws-cn:iam::111122223333:role/irsa/a");
    }

    @Test
    void servesFewerThanAskedAndAnEmptyPageWhenTold() {
        IntStream.range(0, 5).forEach(i -> create("r" + i));
        iam.pages().atMost(2);
        iam.pages().startEmpty(true);

        var first = iam.listRoles();

        assertThat(first.roles()).isEmpty();
        assertThat(first.isTruncated()).isTrue();
        assertThat(iam.listRolesPaginator().roles()).hasSize(5);
        assertThat(iam.getAccountAuthorizationDetailsPaginator().roleDetailList())
                .hasSize(5);
        assertRefused("ValidationError", () -> iam.listRoles(r -> r.marker("made up")));
    }

    @Test
    void neitherRepeatsNorSkipsWhenRolesGoBetweenTwoPages() {
        IntStream.range(0, 4).forEach(i -> create("r" + i));
        var first = iam.listRoles(r -> r.maxItems(2));
        iam.deleteRole(r -> r.roleName("r0"));

        var second = iam.listRoles(r -> r.maxItems(2).marker(first.marker()));

        assertThat(second.roles()).extracting(role -> role.roleName()).containsExactly("r2", "r3");
    }

    @Test
    void logsEveryCall() {
        create("a");
        assertRefused("NoSuchEntity", () -> get("b"));
        var answer = iam.listRoles();

        assertThat(iam.calls().trail()).containsExactly("CreateRole a", "GetRole b", "ListRoles");
        assertThat(iam.calls().counts())
                .containsEntry("CreateRole", 1)
                .containsEntry("GetRole", 1)
                .doesNotContainKey("DeleteRole");
        assertThat(iam.calls().writes()).isEqualTo(1);
        assertThat(answer.responseMetadata().requestId()).isNotBlank();

        iam.calls().reset();
        assertThat(iam.calls().total()).isZero();
    }

    @Test
    void letsManyWriteAtOnce() {
        create("a");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 40)
                    .forEach(i -> threads.execute(() ->
                            iam.tagRole(r -> r.roleName("a").tags(tag("key" + i, "v")))));
        }

        assertThat(iam.role("a").orElseThrow().tags()).hasSize(40);
        assertThat(iam.calls().of("TagRole")).isEqualTo(40);
    }

    private void attach(String arn) {
        iam.attachRolePolicy(r -> r.roleName("a").policyArn(arn));
    }
}
