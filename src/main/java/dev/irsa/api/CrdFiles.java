package dev.irsa.api;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
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

/**
 * Writes the custom resource definitions, as a step of the build; no part of the operator. The generator's own Maven
 * plugin would do, but it sorts the printer columns by path, which puts AGE first: here they stand as declared.
 */
public final class CrdFiles {
    private static final List<Class<? extends HasMetadata>> RESOURCES =
            List.of(IamServiceAccount.class, IamEntitlement.class);

    private CrdFiles() {}

    /** Writes them into the folder that is named. */
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
                    v.getAdditionalPrinterColumns().forEach(ColumnsAsDeclared::leaveOutTheUsualPriority);
                });
            }
            return resource;
        }

        /** The API server does not store a priority of 0, and Argo CD would apply the definition for ever to add it. */
        private static void leaveOutTheUsualPriority(CustomResourceColumnDefinition column) {
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
