package dev.irsa.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows point downwards only: the core decides, the edges talk, the reconcile knows both. */
@AnalyzeClasses(packages = "dev.irsa", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String OWNERSHIP = "dev.irsa.ownership..";
    private static final String POLICY = "dev.irsa.policy..";
    private static final String FAILURE = "dev.irsa.failure..";
    private static final String API = "dev.irsa.api..";
    private static final String DESIRED = "dev.irsa.desired..";
    private static final String ENTITLEMENT = "dev.irsa.entitlement..";
    private static final String OBSERVED = "dev.irsa.observed..";
    private static final String PLAN = "dev.irsa.plan..";
    private static final String PROVIDER = "dev.irsa.provider..";
    private static final String PERMISSIONS = "dev.irsa.permissions..";
    private static final String PORT = "dev.irsa.port..";
    private static final String CONFIG = "dev.irsa.config..";
    private static final String AWS = "dev.irsa.aws..";
    private static final String KUBERNETES = "dev.irsa.kubernetes..";
    private static final String METRICS = "dev.irsa.metrics..";
    private static final String DRIFT = "dev.irsa.drift..";
    private static final String CHECK = "dev.irsa.check..";
    private static final String LEADER = "dev.irsa.leader..";
    private static final String HEALTH = "dev.irsa.health..";

    @ArchTest
    static final ArchRule POLICIES_KNOW_NOTHING_ELSE = knowsOnly(POLICY);

    @ArchTest
    static final ArchRule FAILURES_KNOW_NOTHING_ELSE = knowsOnly(FAILURE);

    @ArchTest
    static final ArchRule OWNERSHIP_KNOWS_NOTHING_ELSE = knowsOnly(OWNERSHIP);

    @ArchTest
    static final ArchRule THE_API_KNOWS_NOTHING_ELSE = knowsOnly(API);

    @ArchTest
    static final ArchRule DESIRED_KNOWS_NOT_WHAT_IS_THERE = knowsOnly(DESIRED, API, POLICY, OWNERSHIP, FAILURE);

    @ArchTest
    static final ArchRule AN_ENTITLEMENT_KNOWS_WHAT_IS_ASKED_FOR = knowsOnly(ENTITLEMENT, API, POLICY, DESIRED);

    @ArchTest
    static final ArchRule OBSERVED_KNOWS_NOT_WHAT_IS_WANTED = knowsOnly(OBSERVED, POLICY);

    @ArchTest
    static final ArchRule A_PLAN_KNOWS_BOTH = knowsOnly(PLAN, API, POLICY, OWNERSHIP, FAILURE, DESIRED, OBSERVED);

    @ArchTest
    static final ArchRule THE_PROVIDER_IS_JUDGED_BY_WHAT_IS_WANTED = knowsOnly(PROVIDER, API, FAILURE, DESIRED);

    @ArchTest
    static final ArchRule THE_PORTS_SPEAK_THE_LANGUAGE_OF_THE_CORE =
            knowsOnly(PORT, API, POLICY, FAILURE, DESIRED, OBSERVED, PLAN);

    @ArchTest
    static final ArchRule THE_EDGE_TO_AWS_KNOWS_THE_CORE =
            knowsOnly(AWS, PORT, API, POLICY, FAILURE, DESIRED, OBSERVED, PLAN, PERMISSIONS);

    @ArchTest
    static final ArchRule THE_EDGE_TO_KUBERNETES_KNOWS_THE_CORE =
            knowsOnly(KUBERNETES, PORT, API, POLICY, FAILURE, DESIRED, OBSERVED, PLAN);

    @ArchTest
    static final ArchRule THE_SWEEP_KNOWS_NOT_WHO_WORKS_WITH_WHAT_IT_SEES =
            knowsOnly(DRIFT, PORT, POLICY, OWNERSHIP, FAILURE, DESIRED, OBSERVED, PLAN);

    @ArchTest
    static final ArchRule OWN_RIGHTS_FOLLOW_FROM_WHO_OWNS_A_ROLE =
            knowsOnly(PERMISSIONS, API, POLICY, OWNERSHIP, DESIRED);

    @ArchTest
    static final ArchRule THE_CONFIGURATION_KNOWS_ONLY_WHAT_IT_DESCRIBES =
            knowsOnly(CONFIG, API, OWNERSHIP, DESIRED, PERMISSIONS, PORT);

    @ArchTest
    static final ArchRule METRICS_ARE_TOLD_WHAT_HAPPENS = knowsOnly(METRICS, PORT, API, FAILURE, PLAN, DRIFT);

    @ArchTest
    static final ArchRule AN_ELECTION_KNOWS_NOT_WHAT_WORK_IS_DONE = knowsOnly(LEADER, PORT, FAILURE, KUBERNETES);

    @ArchTest
    static final ArchRule THE_HEALTH_ENDPOINTS_ARE_TOLD_WHAT_TO_SAY = knowsOnly(HEALTH);

    @ArchTest
    static final ArchRule THE_CHECK_SEES_WHAT_A_USER_SEES = knowsOnly(CHECK, API, KUBERNETES);

    @ArchTest
    static final ArchRule PACKAGES_KNOW_EACH_OTHER_IN_ONE_DIRECTION =
            slices().matching("dev.irsa.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage(POLICY, OWNERSHIP, DESIRED, ENTITLEMENT, OBSERVED, PLAN, PROVIDER, FAILURE, PERMISSIONS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "software.amazon..",
                    "io.fabric8..",
                    "io.javaoperatorsdk..",
                    "org.slf4j..",
                    "ch.qos.logback..",
                    "java.io..",
                    "java.nio.file..",
                    "java.net.http..",
                    "java.util.concurrent..")
            .because("what decides must be testable without the world");

    @ArchTest
    static final ArchRule NOBODY_ASKS_FOR_THE_TIME_BEHIND_OUR_BACK = noClasses()
            .that()
            .resideOutsideOfPackage("dev.irsa")
            .should()
            .callMethodWhere(new DescribedPredicate<>("it reads a clock of its own") {
                @Override
                public boolean test(JavaMethodCall call) {
                    String owner = call.getTargetOwner().getName();
                    String method = call.getName();
                    boolean now = owner.startsWith("java.time.") && method.equals("now");
                    boolean clock = (owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource"))
                            && method.startsWith("system");
                    boolean millis = owner.equals("java.lang.System")
                            && (method.equals("currentTimeMillis") || method.equals("nanoTime"));
                    return now || clock || millis;
                }
            })
            .because("the clock is given, so that a test can turn it");

    @ArchTest
    static final ArchRule THE_FRAMEWORK_STAYS_AT_THE_RIM = noClasses()
            .that(not(resideInAnyPackage("dev.irsa", "dev.irsa.reconcile..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule THE_AWS_SDK_STAYS_AT_ITS_EDGE = noClasses()
            .that(not(resideInAnyPackage("dev.irsa", AWS)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = noClasses()
            .should()
            .haveNameMatching(
                    ".*(Utils?|Helpers?|(?<!Field)Managers?|Impl|Common|Misc)") // a field manager is a thing of
            // Kubernetes
            .orShould()
            .haveNameMatching(".*\\.(Base|Abstract)[A-Z]\\w*");

    @ArchTest
    static final ArchRule PACKAGES_ARE_NAMED_BY_WHAT_IS_IN_THEM = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..manager..", "..impl..");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
            classes().should(new PackageNullMarked()).because("NullAway looks at nothing else");

    @ArchTest
    static final ArchRule ONE_LOGGING_API =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule NOBODY_PRINTS = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    /** Of our own packages; libraries are another matter. */
    private static ArchRule knowsOnly(String aPackage, String... others) {
        DescribedPredicate<JavaClass> known = resideInAPackage(aPackage).or(resideInAnyPackage(others));
        return noClasses()
                .that()
                .resideInAPackage(aPackage)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.irsa..").and(not(known)))
                .as(aPackage + " knows no packages of ours but " + String.join(", ", others));
    }
}
