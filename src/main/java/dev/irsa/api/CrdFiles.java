package dev.irsa.api;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the custom resource definitions during the build. The operator does not use this class at run time. The Maven
 * plugin of the generator sorts printer columns by path, which puts AGE first. This class keeps the declared order, and
 * quotes what YAML takes for a boolean.
 */
public final class CrdFiles {
    private static final List<Class<? extends HasMetadata>> RESOURCES =
            List.of(IamServiceAccount.class, IamEntitlement.class, IamPolicyTemplate.class, IamAccount.class);

    /** An entry that the generator writes as a text, and that Kubernetes reads as a boolean unless it is quoted. */
    private static final Pattern BARE_BOOLEAN = Pattern.compile("(?m)^( *- )(True|False)$");

    private CrdFiles() {}

    /** Writes the definitions into the folder {@code args[0]}. */
    public static void main(String[] args) throws IOException {
        File folder = Files.createDirectories(Path.of(args[0])).toFile();
        int written = new CRDGenerator()
                .customResourceClasses(RESOURCES)
                .withMinQuotes(true)
                .withPostProcessor(new ColumnsAsDeclared())
                .inOutputDir(folder)
                .generate();
        if (written != RESOURCES.size()) {
            throw new IllegalStateException("the generator wrote " + written + " of " + RESOURCES.size() + " CRDs");
        }
        try (Stream<Path> files = Files.list(folder.toPath())) {
            for (Path file : files.toList()) {
                Files.writeString(
                        file, BARE_BOOLEAN.matcher(Files.readString(file)).replaceAll("$1\"$2\""));
            }
        }
    }

    private static final class ColumnsAsDeclared implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata resource, String version) {
            if (resource instanceof CustomResourceDefinition crd) {
                var declared = columnNames(crd.getSpec().getNames().getKind());
                Comparator<CustomResourceColumnDefinition> asDeclared =
                        Comparator.comparingInt(column -> declared.indexOf(column.getName()));
                crd.getSpec().getVersions().forEach(v -> {
                    v.getAdditionalPrinterColumns().sort(asDeclared);
                    v.getAdditionalPrinterColumns().forEach(ColumnsAsDeclared::dropDefaultPriority);
                });
            }
            return resource;
        }

        /** Drops a priority of 0. The API server does not store it, and Argo CD would reapply it indefinitely. */
        private static void dropDefaultPriority(CustomResourceColumnDefinition column) {
            if (Integer.valueOf(0).equals(column.getPriority())) {
                column.setPriority(null);
            }
        }

        private static List<String> columnNames(String kind) {
            return RESOURCES.stream()
                    .filter(type -> HasMetadata.getKind(type).equals(kind))
                    .flatMap(type -> Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class)))
                    .map(AdditionalPrinterColumn::name)
                    .toList();
        }
    }
}
