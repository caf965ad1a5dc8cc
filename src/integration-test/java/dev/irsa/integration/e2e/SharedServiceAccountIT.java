package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Hold;
import org.junit.jupiter.api.Test;

/** More than one writer wants the same ServiceAccount. */
class SharedServiceAccountIT extends OperatorTestBase {
    private static final String FOREIGN = "arn:aws:iam::123456789012:role/terraformed";
    private static final String SET_FOREIGN = Subject.ROLE_ARN + "=" + FOREIGN;
    private static final String REMOVE = Subject.ROLE_ARN + "-";

    @Test
    void reportsForeignRoleAnnotationAndLeavesIt() {
        Subject subject = Subject.in(env);
        subject.kubectl("create", "serviceaccount", "invoices");
        subject.apply("{}").awaitReady();

        subject.kubectl("annotate", "--overwrite", "serviceaccount", "invoices", SET_FOREIGN);
        assertThat(subject.awaitReason("ServiceAccountConflict")).contains(FOREIGN);
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(FOREIGN);

        subject.delete();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(FOREIGN);
    }

    @Test
    void olderResourceOwnsServiceAccountUntilItIsDeleted() {
        Subject older = Subject.in(env).apply("{}").awaitReady();
        Subject younger = older.named("copy").apply("{serviceAccounts: [{name: invoices}]}");
        assertThat(younger.awaitReason("ServiceAccountConflict")).contains("IamServiceAccount invoices");
        assertThat(younger.roleExists()).isFalse();
        assertThat(older.annotation(Subject.ROLE_ARN)).isEqualTo(older.roleArn());
        String uid = older.accountUid();

        older.delete();
        younger.awaitReady();
        assertThat(older.roleExists()).isFalse();
        assertThat(older.annotation(Subject.ROLE_ARN)).isEqualTo(younger.roleArn());
        assertThat(older.accountUid()).isEqualTo(uid);
        assertThat(older.field("sa/invoices", "{.metadata.ownerReferences[*].name}"))
                .isEqualTo("copy");

        younger.delete();
        TestEnvironment.await().until(() -> !older.accountExists());
        assertThat(younger.roleExists()).isFalse();
    }

    @Test
    void doesNotOverwriteConcurrentAnnotation() {
        Subject subject = Subject.in(env);
        subject.kubectl("create", "serviceaccount", "invoices");
        try (Hold hold = env.proxy()
                .faults()
                .on("iam:CreateRole")
                .ofRole(subject.roleName())
                .hold()) {
            subject.apply("{}");
            TestEnvironment.await().until(() -> hold.held() == 1);
            subject.kubectl("annotate", "serviceaccount", "invoices", SET_FOREIGN);
        }
        assertThat(subject.awaitReason("ServiceAccountConflict")).contains("ServiceAccount invoices");
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(FOREIGN);
        subject.kubectl("annotate", "serviceaccount", "invoices", REMOVE);
        subject.awaitReady();
        subject.delete();
    }

    @Test
    void releasesReplacedServiceAccount() {
        Subject subject = Subject.in(env).apply("{}").awaitReady();
        try (Hold hold = env.proxy()
                .faults()
                .on("iam:UpdateRole")
                .ofRole(subject.roleName())
                .hold()) {
            subject.apply("{role: {description: two}, token: {expirationSeconds: 7200}}");
            TestEnvironment.await().until(() -> hold.held() == 1);
            subject.kubectl("delete", "serviceaccount", "invoices");
            subject.kubectl("create", "serviceaccount", "invoices");
            subject.kubectl("annotate", "serviceaccount", "invoices", SET_FOREIGN);
        }
        assertThat(subject.awaitReason("ServiceAccountConflict")).contains(FOREIGN);
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(FOREIGN);
        assertThat(subject.annotation("eks.amazonaws.com/token-expiration")).isEmpty();
        subject.delete();
        assertThat(subject.accountExists()).isTrue();
    }
}
