package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.fixtures.policy.GlobReference;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Compares an allowlist with its definition: checks every possible action. */
class ActionAllowlistMeaningTest {
    private static final List<String> NAMES = GlobReference.words(List.of("a", "x"), 7);

    private static final List<String> ACTIONS = List.of("s:", "t-2:", "other:").stream()
            .flatMap(service -> NAMES.stream().filter(name -> !name.isEmpty()).map(name -> service + name))
            .toList();

    record Statement(String effect, String element, List<String> patterns) {
        boolean allows(String action) {
            boolean named = patterns.stream().anyMatch(pattern -> covers(pattern, action));
            return effect.equals("Allow") && named == element.equals("Action");
        }
    }

    private static boolean covers(String pattern, String action) {
        return GlobReference.matches(Glob.of(pattern.toLowerCase(Locale.ROOT)), action);
    }

    private static Arbitrary<String> patterns() {
        Arbitrary<String> ofOneService = Combinators.combine(
                        Arbitraries.of("s:", "S:", "T-2:"),
                        Arbitraries.strings().withChars("aA?*").ofMinLength(1).ofMaxLength(3))
                .as(String::concat);
        return Arbitraries.frequencyOf(Tuple.of(15, ofOneService), Tuple.of(1, Arbitraries.just("*")));
    }

    @Provide
    Arbitrary<List<String>> allowlists() {
        return patterns().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Statement>> statements() {
        Arbitrary<Statement> statement = Combinators.combine(
                        Arbitraries.of("Allow", "Allow", "Deny"),
                        Arbitraries.of("Action", "Action", "Action", "NotAction"),
                        patterns().list().ofMinSize(1).ofMaxSize(2))
                .as(Statement::new);
        return statement.list().ofMinSize(1).ofMaxSize(2);
    }

    @Property(tries = 2_000)
    void isExceededIfActionOutsideLimitIsAllowed(
            @ForAll("statements") List<Statement> statements, @ForAll("allowlists") List<String> allowlist) {
        List<String> beyond = ACTIONS.stream()
                .filter(action -> statements.stream().anyMatch(statement -> statement.allows(action)))
                .filter(action -> allowlist.stream().noneMatch(pattern -> covers(pattern, action)))
                .toList();

        List<String> excess = ActionAllowlist.of(allowlist).excessOf(document(statements));

        if (!beyond.isEmpty()) {
            assertThat(excess).isNotEmpty();
        } else if (!allowlist.contains("*") && excess.stream().anyMatch(problem -> problem.contains(".NotAction"))) {
            // A NotAction is refused without evaluating its list, even if the list includes every action.
            assertThat(excess).allMatch(problem -> problem.contains(".NotAction"));
        } else {
            assertThat(excess).isEmpty();
        }
    }

    private static ObjectNode document(List<Statement> statements) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        var list = document.putArray("Statement");
        statements.forEach(statement -> {
            ObjectNode object =
                    list.addObject().put("Effect", statement.effect()).put("Resource", "*");
            statement.patterns().forEach(object.putArray(statement.element())::add);
        });
        return document;
    }
}
