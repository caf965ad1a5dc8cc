package dev.irsa.kubectl.report;

import static dev.irsa.fixtures.report.GrantedRole.BOUNDARY;
import static dev.irsa.fixtures.report.GrantedRole.allow;
import static dev.irsa.fixtures.report.GrantedRole.deny;
import static dev.irsa.fixtures.report.GrantedRole.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flags {@code any-action} and {@code any-resource}. */
class BroadPolicyFlagsTest extends FlagTestBase {
    @Test
    void anyActionIsAboutWhatNoPolicyNames() {
        documents.put(ADMINISTRATOR, document(allow("*", "*")));

        assertThat(flags(role().managed(ADMINISTRATOR)).get("any-action"))
                .containsExactly("policy " + ADMINISTRATOR + " allows every action that it does not exclude");
        assertThat(flags(role().inline("some", allow("*", "arn:aws:s3:::invoices/*"))))
                .containsKey("any-action");
        assertThat(flags(role().inline("not", allow("iam:*", "*").replace("\"Action\"", "\"NotAction\""))))
                .containsKey("any-action");
        assertThat(flags(role().inline("all", allow("*", "*"), deny("iam:*", "*"))))
                .containsKey("any-action");
        assertThat(flags(role().inline("one", allow("s3:*", "*")))).doesNotContainKey("any-action");
        assertThat(flags(role().inline("all", allow("*", "*"), deny("*", "*")))).doesNotContainKey("any-action");
    }

    @Test
    void aBoundaryLimitsAnyAction() {
        documents.put(BOUNDARY, document(allow("s3:*", "arn:aws:s3:::invoices/*")));

        assertThat(flags(role().inline("all", allow("*", "*")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s3:PutObject, *, true",
        "s3:*, *, true",
        "S3:putobject, *, true",
        "sqs:Send*, *, true",
        "s3:*Object, *, true",
        "s3:PutObject, arn:aws:s3:::invoices/*, false",
        "s3:GetObject s3:ListBucket dynamodb:BatchGetItem dynamodb:Query logs:FilterLogEvents, *, false",
        "s3:get*, *, false",
        "ec2:Desc*, *, false",
        "ecr:BatchCheckLayerAvailability, *, false",
        "athena:StartQueryExecution, *, true",
        "license-manager:CheckoutLicense, *, true",
        "s3:*, arn:aws:s3:::*, true",
        "dynamodb:*, arn:aws:dynamodb:*:*:table/*, true",
        "dynamodb:*, arn:aws:dynamodb:eu-west-1:111122223333:table/orders, false",
    })
    void anyResourceIsAboutWrites(String actions, String resources, boolean raised) {
        assertThat(flags(role().inline("own", allow(actions, resources))).containsKey("any-resource"))
                .isEqualTo(raised);
    }

    @Test
    void anyResourceNamesTheWritesAndThePolicy() {
        assertThat(flags(role().inline("own", allow("s3:GetObject s3:PutObject s3:Delete*", "*")))
                        .get("any-resource"))
                .containsExactly("policy own allows s3:PutObject, s3:Delete* on every resource");
    }

    @Test
    void anyResourceLeavesAloneWhatIsLimited() {
        assertThat(flags(role().inline("own", conditional(allow("s3:PutObject", "*")))))
                .isEmpty();
        assertThat(flags(role().inline("own", allow("s3:PutObject", "*"), deny("s3:Put*", "*"))))
                .isEmpty();
        documents.put(BOUNDARY, document(allow("s3:*", "arn:aws:s3:::invoices/*")));
        assertThat(flags(role().inline("own", allow("s3:PutObject", "*")))).isEmpty();
    }

    /** A guardrail with a condition does not take away what the policy allows. */
    @Test
    void anyResourceSurvivesConditionalDeny() {
        assertThat(flags(role().inline("own", allow("s3:PutObject", "*"), conditional(deny("*", "*"))))
                        .get("any-resource"))
                .containsExactly(
                        "policy own allows s3:PutObject (which conditions or an unread policy may limit) on every resource");
    }

    @Test
    void anyResourceFindsWhatDenyOfEverythingElseLeaves() {
        String others = deny("s3:*", "*").replace("\"Action\"", "\"NotAction\"");

        assertThat(flags(role().inline("own", allow("*", "*"), others)).get("any-resource"))
                .containsExactly("policy own allows s3:* on every resource");
    }

    @Test
    void boundaryOfOneServiceLeavesItsResources() {
        documents.put(BOUNDARY, document(allow("s3:*", "arn:aws:s3:::*")));

        assertThat(flags(role().inline("own", allow("*", "*"))).get("any-resource"))
                .containsExactly("policy own allows s3:* on every resource");
    }

    @Test
    void noBoundaryFindsBoundaryThatLimitsNothing() {
        documents.put(BOUNDARY, document(allow("*", "*")));

        assertThat(flags(role()))
                .containsEntry("no-boundary", List.of("the permissions boundary " + BOUNDARY + " allows everything"));
    }

    @Test
    void anyResourceFindsWhatTheBoundaryLeaves() {
        documents.put(BOUNDARY, document(allow("s3:PutObject s3:GetObject", "*")));

        assertThat(flags(role().inline("own", allow("s3:*", "*"), deny("s3:*", "arn:aws:s3:::invoices/*")))
                        .get("any-resource"))
                .containsExactly("policy own allows s3:PutObject on every resource");
    }
}
