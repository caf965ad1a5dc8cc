package dev.irsa.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Checks which test sources may use which others. All test source roots compile into one folder, so only package names
 * tell them apart.
 */
@AnalyzeClasses(packages = "dev.irsa", importOptions = ImportOption.OnlyIncludeTests.class)
class TestSourcesArchitectureTest {
    private static final String FIXTURES = "dev.irsa.fixtures..";
    private static final String INTEGRATION = "dev.irsa.integration..";
    private static final String PERFORMANCE = "dev.irsa.performance..";

    @ArchTest
    static final ArchRule FIXTURES_USE_NEITHER_INTEGRATION_NOR_PERFORMANCE_TESTS = noClasses()
            .that()
            .resideInAPackage(FIXTURES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTEGRATION, PERFORMANCE);

    @ArchTest
    static final ArchRule INTEGRATION_TESTS_DO_NOT_USE_PERFORMANCE_TESTS = noClasses()
            .that()
            .resideInAPackage(INTEGRATION)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PERFORMANCE);

    @ArchTest
    static final ArchRule UNIT_TESTS_USE_NEITHER_INTEGRATION_NOR_PERFORMANCE_TESTS = noClasses()
            .that()
            .resideOutsideOfPackages(FIXTURES, INTEGRATION, PERFORMANCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTEGRATION, PERFORMANCE);
}
