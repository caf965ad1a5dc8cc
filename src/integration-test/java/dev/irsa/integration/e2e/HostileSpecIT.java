package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the operator can see to be wrong in a spec: it says where, touches nothing, and goes on working. */
class HostileSpecIT extends WithOperator {
    private static final String DOCUMENT = "spec.policies.inline[read].document: ";
    private static final String ALLOW = "Effect: Allow, Action: 's3:GetObject', Resource: '*'";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{Statement: [{ALLOW}]} | Version is missing",
                "{Version: '2012-10-17 ', Statement: [{ALLOW}]} | Version is \"2012-10-17 \"",
                "{Version: 2012, Statement: [{ALLOW}]} | Version is 2012",
                "{Version: '2012-10-17'} | Statement is missing",
                "{Version: '2012-10-17', Statement: []} | Statement is []",
                "{Version: '2012-10-17', Statement: null} | Statement is",
                "{Version: '2012-10-17', Statement: [allow]} | Statement[0] is \"allow\"",
                "{Version: '2012-10-17', Statement: [{ALLOW}, {Effect: allow, Action: 's3:*', Resource: '*'}]}"
                        + " | Statement[1].Effect is \"allow\"",
                "{Version: '2012-10-17', Statement: [{Action: 's3:*', Resource: '*'}]} | Statement[0].Effect is missing",
                "{Version: '2012-10-17', Statement: [{ALLOW, Principal: '*'}]} | Statement[0].Principal is not allowed",
                "{Version: '2012-10-17', Statement: [{Effect: Allow, Resource: '*'}]} | Statement[0] must have either Action",
                "{Version: '2012-10-17', Statement: [{Effect: Allow, Action: [], Resource: '*'}]}"
                        + " | Statement[0].Action is []",
                "{Version: '2012-10-17', Statement: [{ALLOW, Condition: none}]} | Statement[0].Condition is \"none\"",
                "{Version: '2012-10-17', Statement: [{ALLOW}], Satement: []} | Satement is unknown",
                "{} | Version is missing",
            })
    void aPolicyDocumentThatIamWouldNeverTakeIsNamedWithThePlace(String document, String words) {
        Applied resource = Applied.resource(world, "invoices", inline("read", document.replace("ALLOW", ALLOW)));

        assertThat(resource.awaitReason("InvalidSpec")).startsWith(DOCUMENT).contains(words);
        assertThat(resource.trueConditions()).isEqualTo("Stalled");
        assertThat(resource.finalizers()).isEmpty();
        assertThat(world.proxy().calls().actionsOn(resource.role())).isEmpty();

        resource.spec(inline("read", "{Version: '2012-10-17', Statement: [{" + ALLOW + "}]}"))
                .awaitReady();
        assertThat(world.inline(resource.role())).containsExactly("read");
    }

    @Test
    void inlinePoliciesTooLargeTogetherAreRefusedWithBothNumbers() {
        Applied resource = Applied.resource(world, "invoices", inlineOfSize(200));

        assertThat(resource.awaitReason("InvalidSpec"))
                .startsWith("spec.policies.inline: ")
                .contains("10240");
        assertThat(resource.trueConditions()).isEqualTo("Stalled");

        resource.spec(inlineOfSize(5)).awaitReady();
    }

    @Test
    void aBadEditOfAReadyResourceLeavesItsRoleAsItIs() {
        Applied resource = Applied.smallest(world, "invoices").awaitReady();
        RoleSnapshot before = RoleSnapshot.of(world, resource.role());

        resource.spec(inline("read", "{Version: '2012-10-17', Statement: [{" + ALLOW + ", Principal: '*'}]}"));

        assertThat(resource.awaitReason("InvalidSpec")).contains("Principal");
        assertThat(RoleSnapshot.of(world, resource.role())).isEqualTo(before);
        assertThat(resource.roleArnAnnotation())
                .isEqualTo(world.role(resource.role()).arn());
        resource.delete().awaitGone();
        assertThat(world.roleExists(resource.role())).isFalse();
    }

    @Test
    void aBadOneIsNoObstacleForTheNext() {
        Applied bad = Applied.resource(world, "bad", inline("read", "{}"));
        bad.awaitReason("InvalidSpec");

        Applied.smallest(world, "good").awaitReady();

        bad.delete().awaitGone();
    }

    private static String inline(String name, String document) {
        return "{policies: {inline: [{name: " + name + ", document: " + document + "}]}}";
    }

    /** One statement has some 100 characters. */
    private static String inlineOfSize(int statements) {
        return inline(
                "read",
                IntStream.range(0, statements)
                        .mapToObj(i ->
                                "{Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket-" + i + "/*'}")
                        .collect(Collectors.joining(", ", "{Version: '2012-10-17', Statement: [", "]}")));
    }
}
