package dev.irsa.kubectl.connection;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of the commands of {@code kubectl irsa} that read AWS. */
public final class AwsOptions {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS region. Default: AWS_REGION, the AWS profile, or the region of the operator")
    @Nullable
    String region;

    @Option(
            names = "--eks-cluster-name",
            paramLabel = "NAME",
            description =
                    "Name of the cluster in EKS, to read its Pod Identity associations. Default: the operator's value")
    @Nullable
    String eksClusterName;

    @Option(names = "--no-aws", description = "Read nothing from AWS")
    boolean noAws;

    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    public Optional<String> eksClusterName() {
        return Optional.ofNullable(eksClusterName);
    }

    public boolean noAws() {
        return noAws;
    }
}
