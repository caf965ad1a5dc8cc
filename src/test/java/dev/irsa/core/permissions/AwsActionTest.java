package dev.irsa.core.permissions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Checks that the list of actions matches the calls in the code. AWS would deny a call that is missing from the list. */
@AnalyzeClasses(packages = "dev.irsa", importOptions = ImportOption.DoNotIncludeTests.class)
class AwsActionTest {
    private static final Map<String, String> SERVICES = Map.of(
            EksClient.class.getName(), "eks:",
            IamClient.class.getName(), "iam:",
            StsClient.class.getName(), "sts:");

    /** Calls that only a command for users makes, with the permissions of its user. */
    private static final Map<String, String> OF_USERS = Map.of(
            "iam:GenerateServiceLastAccessedDetails", "dev.irsa.kubectl.aws.IamLastAccessed",
            "iam:GetServiceLastAccessedDetails", "dev.irsa.kubectl.aws.IamLastAccessed",
            "iam:SimulatePrincipalPolicy", "dev.irsa.kubectl.aws.AwsDiagnosis",
            "sts:AssumeRoleWithWebIdentity", "dev.irsa.kubectl.aws.StsTokenExchange");

    /** Client methods that do not call AWS. */
    private static final Set<String> NO_CALLS = new TreeSet<>(Set.of("builder", "close", "serviceClientConfiguration"));

    @ArchTest
    static void codeCallsExactlyTheListedActions(JavaClasses code) {
        Map<String, String> called = called(code);
        OF_USERS.forEach(
                (action, caller) -> assertThat(called.remove(action)).as(action).contains(caller));

        assertThat(called)
                .as("called, and not listed in AwsAction")
                .allSatisfy((action, place) -> assertThat(action)
                        .as(place)
                        .isIn(Arrays.stream(AwsAction.values())
                                .map(AwsAction::id)
                                .toList()));
        Set<AwsAction> needed = Arrays.stream(AwsAction.values())
                .filter(action -> called.containsKey(action.id()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AwsAction.class)));
        new ArrayList<>(needed).forEach(action -> needed.addAll(alsoNeeded(action)));
        assertThat(needed).as("listed in AwsAction, and needed by a call").containsExactly(AwsAction.values());
    }

    /** Returns other actions that the caller must be allowed. Creating a resource or session with tags requires the tagging action. */
    private static Set<AwsAction> alsoNeeded(AwsAction action) {
        return switch (action) {
            case ASSUME_ROLE -> Set.of(AwsAction.TAG_SESSION);
            case CREATE_ROLE -> Set.of(AwsAction.TAG_ROLE);
            case CREATE_OPEN_ID_CONNECT_PROVIDER -> Set.of(AwsAction.TAG_OPEN_ID_CONNECT_PROVIDER);
            case CREATE_POD_IDENTITY_ASSOCIATION ->
                Set.of(AwsAction.EKS_TAG_RESOURCE, AwsAction.PASS_ROLE, AwsAction.GET_ROLE);
            case UPDATE_POD_IDENTITY_ASSOCIATION -> Set.of(AwsAction.PASS_ROLE, AwsAction.GET_ROLE);
            default -> Set.of();
        };
    }

    @ArchTest
    static final ArchRule OPERATOR_MAKES_NO_CALLS_OF_USERS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.irsa.kubectl..")
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("only users call") {
                @Override
                public boolean test(JavaClass type) {
                    return OF_USERS.containsValue(type.getName());
                }
            })
            .because("the operator's policy does not grant these calls");

    /** Returns the calling code by action. */
    private static Map<String, String> called(JavaClasses code) {
        Map<String, String> called = new TreeMap<>();
        code.stream()
                .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream())
                .filter(access -> SERVICES.containsKey(access.getTargetOwner().getName()))
                .filter(access -> !NO_CALLS.contains(access.getName()))
                .forEach(access -> called.put(
                        SERVICES.get(access.getTargetOwner().getName()) + capitalised(access.getName()),
                        access.getDescription()));
        return called;
    }

    private static String capitalised(String method) {
        return method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
    }
}
