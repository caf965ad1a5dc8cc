package dev.irsa.integration.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.docs.DocumentationPages;
import dev.irsa.fixtures.docs.LibraryTemplate;
import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The role of the first example reads its bucket under the permissions boundary of docs/getting-started.md. The boundary allows
 * what the templates of the default entitlement need, and nothing else.
 */
class FirstExampleIT {
    private static final String ROLE = "the role of deploy/samples/invoices.yaml";
    private static final String BOUNDARY = "the boundary of docs/getting-started.md";
    private static final String BUCKET = "arn:aws:s3:::irsa-demo-" + Sample.ACCOUNT;
    private static final Pattern BOUNDARY_FILE =
            Pattern.compile("^cat > boundary.json <<'END'\n(.*?)\nEND$", Pattern.DOTALL | Pattern.MULTILINE);

    private final PolicyDocument boundary = boundary();
    private final PolicyEvaluator evaluator = new PolicyEvaluator(policies()).under(BOUNDARY);

    @TestFactory
    Stream<DynamicTest> roleReadsItsBucket() {
        return evaluator.allow(List.of(reads("hello.txt", BUCKET), lists(BUCKET)));
    }

    @TestFactory
    Stream<DynamicTest> roleReadsNoOtherBucket() {
        return evaluator.deny(List.of(reads("hello.txt", BUCKET + "-2"), lists(BUCKET + "-2")));
    }

    @TestFactory
    Stream<DynamicTest> boundaryAllowsTheTemplatesOfTheEntitlement() {
        Set<String> allowed = allowedTemplates();
        return evaluator.allow(TemplateAttempts.allowed().stream()
                .filter(attempt -> allowed.containsAll(attempt.identityPolicies()))
                .toList());
    }

    @TestFactory
    Stream<DynamicTest> boundaryDeniesOtherActions() {
        return evaluator.deny(TemplateAttempts.allowed().stream()
                .filter(attempt -> attempt.resourcePolicy().isEmpty())
                .filter(attempt -> !actions(boundary).contains(attempt.action()))
                .toList());
    }

    @Test
    void boundaryAllowsOnlyTheActionsOfTheseTemplates() {
        Set<String> allowed = allowedTemplates();

        assertThat(actions(boundary))
                .isEqualTo(LibraryTemplate.all().stream()
                        .filter(template -> allowed.contains(template.name()))
                        .flatMap(template -> actions(template.policy()).stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Set<String> allowedTemplates() {
        Set<String> names = Serialization.unmarshal(
                        DocumentationPages.read(Path.of("deploy", "entitlement.yaml")), IamEntitlement.class)
                .getSpec()
                .allow()
                .templates()
                .stream()
                .map(template -> template.name())
                .collect(Collectors.toSet());
        assertThat(names).isNotEmpty();
        return names;
    }

    private static Set<String> actions(PolicyDocument policy) {
        return policy.json()
                .path("Statement")
                .valueStream()
                .flatMap(statement -> statement.path("Action").valueStream())
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Attempt reads(String key, String bucket) {
        return attempt("s3:GetObject", bucket + "/" + key);
    }

    private static Attempt lists(String bucket) {
        return attempt("s3:ListBucket", bucket).with("s3:prefix", "");
    }

    private static Attempt attempt(String action, String resource) {
        return Attempt.of(action + " on " + resource, ROLE, action, resource)
                .with("aws:ResourceAccount", Sample.ACCOUNT);
    }

    private static Map<String, PolicyDocument> policies() {
        Map<String, PolicyDocument> policies = new TreeMap<>();
        LibraryTemplate.all().forEach(template -> policies.put(template.name(), template.policy()));
        policies.put(ROLE, example().policy());
        policies.put(BOUNDARY, boundary());
        return policies;
    }

    private static LibraryTemplate example() {
        Path file = Path.of("deploy", "templates", "s3-read.yaml");
        return new LibraryTemplate(
                file,
                DocumentationPages.read(file),
                DocumentationPages.read(Path.of("deploy", "samples", "invoices.yaml")));
    }

    private static PolicyDocument boundary() {
        Matcher block = BOUNDARY_FILE.matcher(DocumentationPages.read(Path.of("docs", "getting-started.md")));
        assertThat(block.find()).isTrue();
        return PolicyDocument.parse(block.group(1));
    }
}
