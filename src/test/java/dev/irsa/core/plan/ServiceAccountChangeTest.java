package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.ReleaseServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ServiceAccountChangeTest {
    private static final SortedMap<String, String> ANNOTATIONS = new TreeMap<>(Map.of("k", "v"));
    private static final Optional<Successor> SUCCESSOR = Optional.of(new Successor("ledger", "uid"));

    /** Change, description before it is made, description afterwards. */
    static final List<Object[]> CHANGES = List.of(
            row(
                    new CreateServiceAccount("a", ANNOTATIONS),
                    "create ServiceAccount a with {k=v}",
                    "created ServiceAccount a with {k=v}"),
            row(
                    new AnnotateServiceAccount("a", "uid", "1", true, ANNOTATIONS, Set.of()),
                    "annotate ServiceAccount a with {k=v}",
                    "annotated ServiceAccount a with {k=v}"),
            row(
                    new AnnotateServiceAccount("a", "uid", "1", true, ANNOTATIONS, Set.of("l")),
                    "annotate ServiceAccount a with {k=v}, without [l]",
                    "annotated ServiceAccount a with {k=v}, without [l]"),
            row(new CreateServiceAccount("a", new TreeMap<>()), "create ServiceAccount a", "created ServiceAccount a"),
            row(
                    new AnnotateServiceAccount("a", "uid", "1", true, new TreeMap<>(), Set.of("l")),
                    "remove [l] from ServiceAccount a",
                    "removed [l] from ServiceAccount a"),
            row(
                    new ReleaseServiceAccount("a", "uid", "1", true, Set.of("k"), Optional.empty()),
                    "remove [k] from ServiceAccount a",
                    "removed [k] from ServiceAccount a"),
            row(
                    new ReleaseServiceAccount("a", "uid", "1", true, Set.of("k"), SUCCESSOR),
                    "remove [k] from ServiceAccount a, which is handed over to IamServiceAccount ledger",
                    "removed [k] from ServiceAccount a, which is handed over to IamServiceAccount ledger"),
            row(
                    new ReleaseServiceAccount("a", "uid", "1", true, Set.of(), SUCCESSOR),
                    "hand ServiceAccount a over to IamServiceAccount ledger",
                    "handed ServiceAccount a over to IamServiceAccount ledger"));

    @ParameterizedTest
    @FieldSource("CHANGES")
    void describesChangeBeforeAndAfterItIsMade(ServiceAccountChange change, String before, String after) {
        assertThat(change.describe()).isEqualTo(before);
        assertThat(change.describeDone()).isEqualTo(after);
    }

    private static Object[] row(ServiceAccountChange change, String before, String after) {
        return new Object[] {change, before, after};
    }
}
