package dev.irsa.kubectl.report;

import static dev.irsa.fixtures.report.GrantedRole.BOUNDARY;
import static dev.irsa.fixtures.report.GrantedRole.allow;
import static dev.irsa.fixtures.report.GrantedRole.deny;
import static dev.irsa.fixtures.report.GrantedRole.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flag {@code privilege-escalation}. */
class PrivilegeEscalationFlagTest extends FlagTestBase {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "iam:CreatePolicyVersion",
                "iam:SetDefaultPolicyVersion",
                "iam:AttachRolePolicy",
                "iam:PutRolePolicy",
                "iam:UpdateAssumeRolePolicy",
                "iam:CreateAccessKey",
                "iam:CreateLoginProfile",
                "iam:UpdateLoginProfile",
                "iam:AddUserToGroup",
                "iam:PutUserPolicy",
                "lambda:UpdateFunctionCode",
                "iam:DeleteRolePermissionsBoundary",
                "iam:DetachRolePolicy",
                "iam:Put*",
                "iam:PassRole lambda:CreateFunction lambda:InvokeFunction",
                "iam:PassRole ec2:RunInstances",
                "iam:Pass* cloudformation:CreateStack"
            })
    void privilegeEscalationIsAboutPublishedCombinations(String actions) {
        assertThat(flags(role().inline("own", allow(actions, "arn:aws:iam::111122223333:role/x"))))
                .containsKey("privilege-escalation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iam:PassRole",
                "lambda:CreateFunction lambda:InvokeFunction",
                "iam:PassRole lambda:CreateFunction",
                "iam:Get* iam:List*",
                "ec2:RunInstances",
                "s3:*"
            })
    void privilegeEscalationLeavesPartsAlone(String actions) {
        assertThat(flags(role().inline("own", allow(actions, "arn:aws:iam::111122223333:role/x"))))
                .doesNotContainKey("privilege-escalation");
    }

    @Test
    void privilegeEscalationCountsDeniesAndBoundary() {
        assertThat(flags(role().inline("own", allow("iam:PutRolePolicy", "*"), deny("iam:*", "*"))))
                .doesNotContainKey("privilege-escalation");
        documents.put(BOUNDARY, document(allow("s3:*", "*")));
        assertThat(flags(role().inline("own", allow("iam:PutRolePolicy", "*"))))
                .doesNotContainKey("privilege-escalation");
    }

    @Test
    void privilegeEscalationNamesTheCombinationAndWhetherItIsCertain() {
        String resource = "arn:aws:iam::111122223333:role/x";
        assertThat(flags(role().inline("own", allow("iam:PassRole", resource), allow("ec2:RunInstances", resource)))
                        .get("privilege-escalation"))
                .containsExactly("iam:PassRole with ec2:RunInstances");
        assertThat(flags(role().inline("own", conditional(allow("iam:PutRolePolicy", resource))))
                        .get("privilege-escalation"))
                .containsExactly("iam:PutRolePolicy, limited by conditions, denies, or the boundary");
    }

    @Test
    void aPolicyThatCouldNotBeReadRaisesNothing() {
        assertThat(flags(role().managed("arn:aws:iam::111122223333:policy/unread")))
                .isEmpty();
    }
}
