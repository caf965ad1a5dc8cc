package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PermissionsBoundary.DeniedAction;
import dev.irsa.fixtures.policy.GlobReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares a boundary with its definition: evaluates every possible request, as IAM would. */
class PermissionsBoundaryMeaningTest {
    private static final String ARN = "arn:aws:iam::111122223333:policy/workloads";

    /** No pattern names the third service. The empty name counts, because a boundary without it covers no whole service. */
    private static final List<String> ACTIONS = GlobReference.words(List.of("a", "b"), 6).stream()
            .flatMap(name -> Stream.of("s:" + name, "t:" + name, "u:" + name))
            .toList();

    private static final List<String> RESOURCES = List.of("arn:aws:s:::a", "arn:aws:s:::b", "arn:aws:s:::ab");

    record Statement(
            String effect,
            String element,
            List<String> patterns,
            String resourceElement,
            List<String> resources,
            boolean conditional) {
        boolean names(String action) {
            return patterns.stream().anyMatch(pattern -> covers(pattern, action)) == element.equals("Action");
        }

        boolean matches(String action, String resource) {
            boolean at = resources.stream().anyMatch(pattern -> covers(pattern, resource));
            return names(action) && at == resourceElement.equals("Resource");
        }

        boolean allows(String action, String resource) {
            return effect.equals("Allow") && matches(action, resource);
        }

        boolean surelyDenies(String action, String resource) {
            return effect.equals("Deny") && !conditional && matches(action, resource);
        }
    }

    private static boolean covers(String pattern, String text) {
        return GlobReference.matches(Glob.of(pattern.toLowerCase(Locale.ROOT)), text);
    }

    /** Returns whether IAM may allow the request, if each condition is as it allows most. */
    private static boolean mayAllow(List<Statement> document, String action, String resource) {
        return document.stream().anyMatch(statement -> statement.allows(action, resource))
                && document.stream().noneMatch(statement -> statement.surelyDenies(action, resource));
    }

    private static Arbitrary<String> patterns() {
        Arbitrary<String> ofOneService = Combinators.combine(
                        Arbitraries.of("s:", "S:", "t:"),
                        Arbitraries.strings().withChars("aAb?*").ofMinLength(1).ofMaxLength(3))
                .as(String::concat);
        return Arbitraries.oneOf(ofOneService, ofOneService, ofOneService, Arbitraries.just("*"));
    }

    private static Arbitrary<List<Statement>> statements(
            Arbitrary<String> effects, Arbitrary<String> elements, Arbitrary<String> resourceElements) {
        Arbitrary<List<String>> resources = Arbitraries.of(
                        "*", "*", "arn:aws:s:::a", "arn:aws:s:::b", "arn:aws:s:::a*", "arn:aws:s:::?b")
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
        return Combinators.combine(
                        effects,
                        elements,
                        patterns().list().ofMinSize(1).ofMaxSize(2),
                        resourceElements,
                        resources,
                        Arbitraries.of(false, false, true))
                .as(Statement::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Statement>> documents() {
        return statements(
                Arbitraries.of("Allow", "Allow", "Deny"),
                Arbitraries.of("Action", "Action", "NotAction"),
                Arbitraries.of("Resource", "Resource", "NotResource"));
    }

    @Provide
    Arbitrary<List<Statement>> allowingBoundaries() {
        // NotAction also allows actions that are not in the list above.
        return statements(Arbitraries.just("Allow"), Arbitraries.just("Action"), Arbitraries.just("Resource"));
    }

    @Property(tries = 3_000)
    void reportsNothingThatMayBeAllowed(
            @ForAll("documents") List<Statement> boundary, @ForAll("documents") List<Statement> policy) {
        for (DeniedAction denied : denied(boundary, policy)) {
            List<Statement> reported = policy.stream()
                    .filter(statement -> statement.patterns().contains(denied.action()))
                    .filter(statement -> denied.resource()
                            .map(resource -> statement.resources().getFirst().equals(resource))
                            .orElse(true))
                    .toList();
            assertThat(reported).isNotEmpty();
            // A statement on other resources may have the same first one.
            assertThat(reported)
                    .anySatisfy(statement -> assertThat(ACTIONS)
                            .filteredOn(action -> covers(denied.action(), action))
                            .allSatisfy(action -> assertThat(RESOURCES)
                                    .filteredOn(resource ->
                                            denied.resource().isEmpty() || statement.allows(action, resource))
                                    .noneMatch(resource -> mayAllow(boundary, action, resource))));
        }
    }

    @Property(tries = 2_000)
    void reportsActionThatNoStatementAllows(
            @ForAll("allowingBoundaries") List<Statement> boundary, @ForAll("documents") List<Statement> policy) {
        List<String> never = policy.stream()
                .filter(statement -> statement.effect().equals("Allow")
                        && statement.element().equals("Action"))
                .flatMap(statement -> statement.patterns().stream())
                .filter(pattern -> ACTIONS.stream()
                        .filter(action -> covers(pattern, action))
                        .noneMatch(action -> boundary.stream().anyMatch(statement -> statement.names(action))))
                .distinct()
                .toList();

        assertThat(denied(boundary, policy))
                .filteredOn(denied -> denied.resource().equals(Optional.empty()))
                .extracting(DeniedAction::action)
                .containsExactlyInAnyOrderElementsOf(never);
    }

    private static List<DeniedAction> denied(List<Statement> boundary, List<Statement> policy) {
        return PermissionsBoundary.of(ARN, document(boundary))
                .deniedActions(document(policy), SearchBudget.forOneRole());
    }

    private static PolicyDocument document(List<Statement> statements) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        var list = document.putArray("Statement");
        statements.forEach(statement -> {
            ObjectNode object = list.addObject().put("Effect", statement.effect());
            statement.patterns().forEach(object.putArray(statement.element())::add);
            statement.resources().forEach(object.putArray(statement.resourceElement())::add);
            if (statement.conditional()) {
                object.putObject("Condition").putObject("Bool").put("aws:SecureTransport", "true");
            }
        });
        return PolicyDocument.of(document);
    }
}
