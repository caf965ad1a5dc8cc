package dev.irsa.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.irsa.OperatorMain;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.ImportCommand;
import dev.irsa.kubectl.aws.IamRoleOffers;
import dev.irsa.kubectl.kubernetes.KubernetesTokenRequests;
import dev.irsa.kubectl.kubernetes.ResourceResumes;
import dev.irsa.kubectl.port.WebIdentityToken;
import dev.irsa.port.Associations;
import dev.irsa.port.Cluster;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.Roles;
import dev.irsa.reconcile.memory.DeliveryMemory;
import dev.irsa.reconcile.memory.RoleMemory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import picocli.CommandLine;

/** Arrows point downwards only: the core decides, the edges talk, the reconcile knows both. */
@AnalyzeClasses(packages = "dev.irsa", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String API = "dev.irsa.api..";
    private static final String CORE = "dev.irsa.core..";
    private static final String PORT = "dev.irsa.port..";
    private static final String RECONCILE = "dev.irsa.reconcile..";
    private static final String SWEEP = "dev.irsa.sweep..";
    private static final String CONTROLLER = "dev.irsa.controller..";
    private static final String AWS = "dev.irsa.aws..";
    private static final String KUBERNETES = "dev.irsa.kubernetes..";
    private static final String LEADER = "dev.irsa.leader..";
    private static final String METRICS = "dev.irsa.metrics..";
    private static final String HEALTH = "dev.irsa.health..";
    private static final String CONFIG = "dev.irsa.config..";
    private static final String RUNTIME = "dev.irsa.runtime..";
    private static final String CLI = "dev.irsa.cli..";
    private static final String ISSUER = "dev.irsa.issuer..";
    private static final String KUBECTL = "dev.irsa.kubectl..";

    /** The packages of the plugin that have clients of Kubernetes and AWS. */
    private static final String[] COMMANDS = {
        "dev.irsa.kubectl", "dev.irsa.kubectl.completion..", "dev.irsa.kubectl.connection.."
    };

    /** The packages of the plugin that compute and format what the commands print. */
    private static final String[] ROOMS = {
        "dev.irsa.kubectl.get..",
        "dev.irsa.kubectl.access..",
        "dev.irsa.kubectl.report..",
        "dev.irsa.kubectl.explain..",
        "dev.irsa.kubectl.plan..",
        "dev.irsa.kubectl.doctor..",
        "dev.irsa.kubectl.imports..",
        "dev.irsa.kubectl.output.."
    };

    private static final String DIAGNOSIS = "dev.irsa.kubectl.diagnosis..";
    private static final String MAKER = "dev.irsa.kubectl.maker..";
    private static final String ROLE_SPEC = "dev.irsa.kubectl.rolespec..";
    private static final String PREVIEW = "dev.irsa.kubectl.preview..";
    private static final String PORT_OF_PLUGIN = "dev.irsa.kubectl.port..";
    private static final String ACCESS = "dev.irsa.kubectl.access..";
    private static final String AWS_OF_PLUGIN = "dev.irsa.kubectl.aws..";
    private static final String KUBERNETES_OF_PLUGIN = "dev.irsa.kubectl.kubernetes..";

    private static final String COLLECTION = "dev.irsa.core.collection..";
    private static final String POLICY = "dev.irsa.core.policy..";
    private static final String OWNERSHIP = "dev.irsa.core.ownership..";
    private static final String FAILURE = "dev.irsa.core.failure..";
    private static final String TEXT = "dev.irsa.core.text..";
    private static final String CONSISTENCY = "dev.irsa.core.consistency..";
    private static final String DESIRED = "dev.irsa.core.desired..";
    private static final String OBSERVED = "dev.irsa.core.observed..";
    private static final String ENTITLEMENT = "dev.irsa.core.entitlement..";
    private static final String PLAN = "dev.irsa.core.plan..";
    private static final String OIDC = "dev.irsa.core.oidc..";
    private static final String TEMPLATE = "dev.irsa.core.template..";
    private static final String TRUST = "dev.irsa.core.trust..";
    private static final String PERMISSIONS = "dev.irsa.core.permissions..";

    @ArchTest
    static final ArchRule API_DEPENDS_ON_NOTHING = dependsOnlyOn(API);

    @ArchTest
    static final ArchRule CORE_DEPENDS_ON_API = dependsOnlyOn(CORE, API);

    @ArchTest
    static final ArchRule PORT_DEPENDS_ON_CORE = dependsOnlyOn(PORT, CORE, API);

    @ArchTest
    static final ArchRule RECONCILE_DEPENDS_ON_PORTS = dependsOnlyOn(RECONCILE, PORT, CORE, API);

    @ArchTest
    static final ArchRule ONLY_THE_ROLE_ROOM_CHANGES_ITS_MEMORY =
            isChangedOnlyIn(RoleMemory.class, "dev.irsa.reconcile.role..");

    @ArchTest
    static final ArchRule ONLY_THE_ASSOCIATION_ROOM_CHANGES_ITS_MEMORY =
            isChangedOnlyIn(DeliveryMemory.class, "dev.irsa.reconcile.association..");

    @ArchTest
    static final ArchRule SWEEP_DEPENDS_ON_PORTS = dependsOnlyOn(SWEEP, PORT, CORE, API);

    @ArchTest
    static final ArchRule AWS_DEPENDS_ON_PORTS = dependsOnlyOn(AWS, PORT, CORE, API);

    /** The SDK slows down to what AWS allows. An object of it that accounts share would let one slow down all. */
    @ArchTest
    static final ArchRule ACCOUNTS_SHARE_NOTHING_OF_THE_SDK = noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(resideInAPackage("software.amazon.awssdk..").and(not(assignableTo(Enum.class))));

    @ArchTest
    static final ArchRule KUBERNETES_DEPENDS_ON_PORTS = dependsOnlyOn(KUBERNETES, PORT, CORE, API);

    @ArchTest
    static final ArchRule LEADER_DEPENDS_ON_PORTS = dependsOnlyOn(LEADER, PORT, CORE);

    @ArchTest
    static final ArchRule METRICS_DEPENDS_ON_PORTS = dependsOnlyOn(METRICS, PORT, CORE, API);

    @ArchTest
    static final ArchRule HEALTH_DEPENDS_ON_NOTHING = dependsOnlyOn(HEALTH);

    @ArchTest
    static final ArchRule CONFIG_DEPENDS_ON_PORTS = dependsOnlyOn(CONFIG, PORT, CORE, API);

    @ArchTest
    static final ArchRule CONTROLLER_DEPENDS_ON_RECONCILE =
            dependsOnlyOn(CONTROLLER, RECONCILE, KUBERNETES, METRICS, PORT, CORE, API);

    @ArchTest
    static final ArchRule ROOMS_DEPEND_ON_PREVIEW =
            dependOnlyOn(ROOMS, PREVIEW, DIAGNOSIS, MAKER, ROLE_SPEC, PORT_OF_PLUGIN, RECONCILE, PORT, CORE, API);

    @ArchTest
    static final ArchRule PREVIEW_DEPENDS_ON_RECONCILE = dependsOnlyOn(PREVIEW, RECONCILE, PORT, CORE, API);

    @ArchTest
    static final ArchRule DIAGNOSIS_DEPENDS_ON_OBSERVED =
            dependsOnlyOn(DIAGNOSIS, API, TEXT, POLICY, TRUST, DESIRED, OBSERVED);

    @ArchTest
    static final ArchRule MAKER_DEPENDS_ON_OWNERSHIP = dependsOnlyOn(MAKER, OWNERSHIP);

    @ArchTest
    static final ArchRule ROLE_SPEC_DEPENDS_ON_TRUST =
            dependsOnlyOn(ROLE_SPEC, API, TEXT, POLICY, OWNERSHIP, TRUST, DESIRED, OBSERVED);

    @ArchTest
    static final ArchRule PORT_OF_PLUGIN_DEPENDS_ON_DECISIONS =
            dependsOnlyOn(PORT_OF_PLUGIN, DIAGNOSIS, ROLE_SPEC, PORT, CORE, API);

    @ArchTest
    static final ArchRule AWS_OF_PLUGIN_DEPENDS_ON_PORTS =
            dependsOnlyOn(AWS_OF_PLUGIN, PORT_OF_PLUGIN, DIAGNOSIS, ACCESS, ROLE_SPEC, AWS, PORT, CORE, API);

    @ArchTest
    static final ArchRule KUBERNETES_OF_PLUGIN_DEPENDS_ON_PORTS =
            dependsOnlyOn(KUBERNETES_OF_PLUGIN, PORT_OF_PLUGIN, DIAGNOSIS, KUBERNETES, PORT, CORE, API);

    @ArchTest
    static final ArchRule KUBERNETES_OF_PLUGIN_CANNOT_WRITE = noClasses()
            .that()
            .resideInAPackage(KUBERNETES_OF_PLUGIN)
            .and(not(type(KubernetesTokenRequests.class)))
            .and(not(type(ResourceResumes.class)))
            .should()
            .accessTargetWhere(new ChangingCall());

    @ArchTest
    static final ArchRule ONLY_COMMANDS_AND_ADAPTERS_HAVE_CLIENTS = noClasses()
            .that()
            .resideInAPackage(KUBECTL)
            .and(not(resideInAnyPackage(COMMANDS)))
            .and()
            .resideOutsideOfPackage(KUBERNETES_OF_PLUGIN)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(KubernetesClient.class);

    @ArchTest
    static final ArchRule WHAT_PRINTS_CLEANS_THE_TEXT_OF_OTHERS = classes()
            .that(DescribedPredicate.describe(
                    "print to the streams of a command",
                    printing -> printing.getMethodCallsFromSelf().stream()
                            .anyMatch(call -> call.getTargetOwner().isEquivalentTo(CommandLine.class)
                                    && Set.of("getOut", "getErr").contains(call.getName()))))
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(PlainText.class);

    @ArchTest
    static final ArchRule ROOMS_CANNOT_WRITE = noClasses()
            .that()
            .resideInAnyPackage(ROOMS)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Roles.class, IamRoleOffers.class, Associations.class, Cluster.class, OidcProviders.class)
            .because("a command that explains or plans must not be able to change anything");

    @ArchTest
    static final ArchRule COMMANDS_CANNOT_WRITE = readsOnly(COMMANDS);

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_CLI = noClasses()
            .that()
            .resideOutsideOfPackages(CLI, "dev.irsa")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI);

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_THE_ENTRY_POINT = noClasses()
            .that()
            .resideOutsideOfPackage("dev.irsa")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.irsa");

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_THE_PLUGIN = noClasses()
            .that()
            .resideOutsideOfPackage(KUBECTL)
            .and(not(type(OperatorMain.class)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(KUBECTL)
            .because("the operator does not need the plugin");

    @ArchTest
    static final ArchRule ONLY_ITS_COMMAND_DEPENDS_ON_THE_PUBLISHER = noClasses()
            .that()
            .resideOutsideOfPackages(ISSUER, CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ISSUER, "software.amazon.awssdk.services.s3..")
            .because("whoever can publish keys can use every role");

    @ArchTest
    static final ArchRule PUBLISHER_IGNORES_RESOURCES = noClasses()
            .that()
            .resideInAPackage(ISSUER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(API, RECONCILE, SWEEP, CONTROLLER, LEADER);

    @ArchTest
    static final ArchRule RUNTIME_WIRES_EVERYTHING = noClasses()
            .that(not(resideInAnyPackage(COMMANDS)))
            .and()
            .resideOutsideOfPackages(RUNTIME, CLI, ISSUER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(RUNTIME);

    @ArchTest
    static final ArchRule COLLECTION_DEPENDS_ON_NOTHING = dependsOnlyOn(COLLECTION);

    @ArchTest
    static final ArchRule POLICY_DEPENDS_ON_NOTHING = dependsOnlyOn(POLICY);

    @ArchTest
    static final ArchRule OWNERSHIP_DEPENDS_ON_NOTHING = dependsOnlyOn(OWNERSHIP);

    @ArchTest
    static final ArchRule FAILURE_DEPENDS_ON_TEXT = dependsOnlyOn(FAILURE, TEXT);

    @ArchTest
    static final ArchRule TEXT_DEPENDS_ON_NOTHING = dependsOnlyOn(TEXT);

    @ArchTest
    static final ArchRule CONSISTENCY_DEPENDS_ON_FAILURE = dependsOnlyOn(CONSISTENCY, FAILURE);

    @ArchTest
    static final ArchRule DESIRED_IGNORES_OBSERVED = dependsOnlyOn(DESIRED, API, POLICY, OWNERSHIP, FAILURE, TEMPLATE);

    @ArchTest
    static final ArchRule OBSERVED_IGNORES_DESIRED = dependsOnlyOn(OBSERVED, POLICY);

    @ArchTest
    static final ArchRule ENTITLEMENT_DEPENDS_ON_DESIRED = dependsOnlyOn(ENTITLEMENT, API, POLICY, OWNERSHIP, DESIRED);

    @ArchTest
    static final ArchRule PLAN_KNOWS_DESIRED_AND_OBSERVED =
            dependsOnlyOn(PLAN, API, TEXT, POLICY, OWNERSHIP, FAILURE, TEMPLATE, DESIRED, OBSERVED);

    @ArchTest
    static final ArchRule OIDC_DEPENDS_ON_DESIRED = dependsOnlyOn(OIDC, API, FAILURE, DESIRED);

    @ArchTest
    static final ArchRule TRUST_DEPENDS_ON_POLICY = dependsOnlyOn(TRUST, POLICY);

    @ArchTest
    static final ArchRule TEMPLATE_DEPENDS_ON_POLICY = dependsOnlyOn(TEMPLATE, API, POLICY);

    @ArchTest
    static final ArchRule ONLY_THE_PROOF_REQUESTS_TOKENS = noClasses()
            .that(not(resideInAnyPackage(COMMANDS)))
            .and()
            .resideOutsideOfPackage(PORT_OF_PLUGIN)
            .and()
            .doNotImplement(WebIdentityToken.Requests.class)
            .and()
            .doNotHaveSimpleName("CredentialProver")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(WebIdentityToken.Requests.class)
            .because("a token of a ServiceAccount is a secret");

    @ArchTest
    static final ArchRule ONLY_THE_OFFERING_TAGS_ROLES = noClasses()
            .that(not(type(IamRoleOffers.class)))
            .and()
            .doNotHaveSimpleName("RoleOffering")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(IamRoleOffers.class)
            .because("an import must not be able to change AWS without --offer or --offer-from");

    @ArchTest
    static final ArchRule ONLY_THE_WAVES_RESUME_RESOURCES = noClasses()
            .that(not(type(ResourceResumes.class)))
            .and(not(type(ImportCommand.class)))
            .and()
            .doNotHaveSimpleName("ResumeWaves")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ResourceResumes.class)
            .because("an import must not be able to change the cluster without --resume");

    @ArchTest
    static final ArchRule RECONCILES_CALL_NO_SETTERS_OF_RESOURCES = noClasses()
            .that()
            .resideInAnyPackage(CONTROLLER, RECONCILE, SWEEP)
            .should()
            .callMethodWhere(JavaCall.Predicates.target(
                            owner(assignableTo(HasMetadata.class).or(assignableTo(ObjectMeta.class))))
                    .and(JavaCall.Predicates.target(nameMatching("(set|add|remove).*"))))
            .because("the framework passes the resources of its cache without copies");

    @ArchTest
    static final ArchRule PERMISSIONS_DEPEND_ON_DESIRED = dependsOnlyOn(PERMISSIONS, API, POLICY, OWNERSHIP, DESIRED);

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.irsa.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CORE_PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.irsa.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule RECONCILE_PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.irsa.(reconcile.*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_PLUGIN_HAVE_NO_CYCLES =
            slices().matching("dev.irsa.kubectl.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOT_PACKAGE_HOLDS_ONLY_THE_ENTRY_POINT = classes()
            .that()
            .resideInAPackage("dev.irsa")
            .should()
            .haveNameMatching("dev\\.irsa\\.(OperatorMain(\\$.*)?|package-info)");

    @ArchTest
    static final ArchRule DECISIONS_ARE_PURE = noClasses()
            .that()
            .resideInAnyPackage(CORE, DIAGNOSIS, MAKER, ROLE_SPEC)
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
    static final ArchRule CLOCKS_ARE_INJECTED = noClasses()
            .that(not(resideInAnyPackage(COMMANDS)))
            .and()
            .resideOutsideOfPackages(RUNTIME, CLI)
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
    static final ArchRule OPERATOR_SDK_IS_USED_ONLY_AT_THE_EDGE = noClasses()
            .that(not(resideInAnyPackage(CONTROLLER)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule AWS_SDK_IS_USED_ONLY_AT_THE_EDGE = noClasses()
            .that(not(resideInAnyPackage(AWS, AWS_OF_PLUGIN, RUNTIME, ISSUER)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule CLASS_NAMES_FOLLOW_CONVENTIONS = noClasses()
            .should()
            .haveNameMatching(
                    ".*(Utils?|Helpers?|(?<!Field)Managers?|Impl|Common|Misc)") // a field manager is a thing of
            // Kubernetes
            .orShould()
            .haveNameMatching(".*\\.(Base|Abstract)[A-Z]\\w*");

    @ArchTest
    static final ArchRule PACKAGE_NAMES_ARE_SPECIFIC = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..manager..", "..impl..");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
            classes().should(new PackageNullMarked()).because("NullAway looks at nothing else");

    @ArchTest
    static final ArchRule SLF4J_IS_THE_ONLY_LOGGING_API =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule NO_CLASS_PRINTS_TO_STANDARD_STREAMS = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    /**
     * The commands change three things: ONLY_THE_PROOF_REQUESTS_TOKENS, ONLY_THE_OFFERING_TAGS_ROLES, and
     * ONLY_THE_WAVES_RESUME_RESOURCES.
     */
    static ArchRule readsOnly(String... packages) {
        ChangingCall change = new ChangingCall();
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .accessTargetWhere(change)
                .orShould()
                .dependOnClassesThat(resideInAnyPackage(KUBERNETES, KUBERNETES_OF_PLUGIN)
                        .and(not(type(KubernetesTokenRequests.class)))
                        .and(not(type(ResourceResumes.class)))
                        .and(change.makers()))
                .because("a command that explains or plans must not be able to change anything");
    }

    /** Methods that change a memory return nothing. The store also takes there what sweeps report. */
    private static ArchRule isChangedOnlyIn(Class<?> memory, String room) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .and()
                .resideOutsideOfPackage("dev.irsa.reconcile.memory..")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "changes the " + memory.getSimpleName(),
                        (JavaMethodCall call) -> call.getTargetOwner().isEquivalentTo(memory)
                                && call.getTarget().getRawReturnType().isEquivalentTo(void.class)));
    }

    /** Of our own packages; libraries are another matter. */
    private static ArchRule dependsOnlyOn(String aPackage, String... others) {
        return dependOnlyOn(new String[] {aPackage}, others);
    }

    private static ArchRule dependOnlyOn(String[] packages, String... others) {
        DescribedPredicate<JavaClass> known =
                resideInAnyPackage(packages).or(resideInAnyPackage(others)).or(resideInAPackage(COLLECTION));
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.irsa..").and(not(known)))
                .as(String.join(", ", packages) + " depends on no packages of ours except "
                        + String.join(", ", others));
    }
}
