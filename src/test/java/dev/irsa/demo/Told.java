package dev.irsa.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Tells what happens, to a terminal. */
final class Told {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;
    private int step;

    Told(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        step++;
        out.printf("%n%d. %s%n", step, title);
    }

    void say(String text) {
        out.println("   " + text);
    }

    void quote(String text) {
        text.strip().lines().forEach(line -> out.println("     | " + line));
    }

    void json(String document) {
        try {
            quote(JSON.writeValueAsString(JSON.readTree(document)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("IAM holds a document that is no JSON", e);
        }
    }

    /** The columns of {@code kubectl get iamsa}. */
    void table(List<IamServiceAccount> resources) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "READY", "REASON", "ROLE"));
        for (IamServiceAccount resource : resources) {
            var status = resource.getStatus();
            rows.add(List.of(
                    resource.getMetadata().getName(),
                    Laptop.ready(resource, Condition::status),
                    Laptop.ready(resource, Condition::reason),
                    status == null || status.role() == null ? "" : status.role().arn()));
        }
        say("$ kubectl get iamsa --namespace "
                + resources.getFirst().getMetadata().getNamespace());
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int index = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(index).length())
                        .max()
                        .orElse(0);
                line.append(String.format("%-" + (width + 3) + "s", row.get(column)));
            }
            out.println("     | " + line.toString().stripTrailing());
        }
    }

    void serviceAccount(ServiceAccount account) {
        StringBuilder text = new StringBuilder("kind: ServiceAccount\nmetadata:\n  namespace: ")
                .append(account.getMetadata().getNamespace())
                .append("\n  name: ")
                .append(account.getMetadata().getName())
                .append("\n  annotations:\n");
        account.getMetadata()
                .getAnnotations()
                .forEach((key, value) -> text.append("    ")
                        .append(key)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        quote(text.toString());
    }
}
