package dev.irsa.kubectl.connection;

import java.util.ArrayList;
import java.util.List;
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

    @Option(
            names = "--profile-for",
            paramLabel = AccountProfile.FORM,
            converter = AccountProfile.Converter.class,
            description = "AWS profile that reads an account, such as 444455556666=analytics. Repeatable. Default: your"
                    + " AWS credentials, or a profile of that account")
    List<AccountProfile> profiles = new ArrayList<>();

    @Option(names = "--no-aws", description = "Read nothing from AWS")
    boolean noAws;

    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    public Optional<String> eksClusterName() {
        return Optional.ofNullable(eksClusterName);
    }

    /** Returns the profile that the user names for an account. */
    Optional<String> profileFor(String account) {
        return profiles.stream()
                .filter(named -> named.account().equals(account))
                .map(AccountProfile::profile)
                .reduce((_, last) -> last);
    }

    public boolean noAws() {
        return noAws;
    }
}
