package dev.irsa.cli;

import dev.irsa.config.GivenFlags;
import dev.irsa.config.PolicyConfig;
import dev.irsa.core.permissions.CloudFormation;
import dev.irsa.core.permissions.Installation;
import dev.irsa.core.permissions.OperatorTrust;
import dev.irsa.core.permissions.PrettyJson;
import dev.irsa.core.permissions.Terraform;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Implements {@code irsa-operator policy}, which prints the policies of the operator's own role without any request. */
@Command(
        name = "policy",
        description =
                "Prints the least-privilege IAM policy that the operator needs, or the trust policy of its own role.",
        mixinStandardHelpOptions = true)
public final class PolicyCommand implements Callable<Integer> {
    @Mixin
    private GivenFlags flags = PolicyConfig.flags();

    @Unmatched
    private List<String> unknown = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        CommandErrors errors = new CommandErrors(command);
        return errors.runOrReport(unknown, () -> PolicyConfig.of(flags), config -> {
            if (config.output() != PolicyConfig.Output.TRUST) {
                errors.report(config.scope().gaps());
            }
            command.commandLine().getOut().print(PlainText.lines(text(config)));
            command.commandLine().getOut().flush();
            return 0;
        });
    }

    private static String text(PolicyConfig config) {
        return switch (config.output()) {
            case PERMISSIONS -> PrettyJson.of(config.permissions()) + "\n";
            case TRUST -> PrettyJson.of(trust(config)) + "\n";
            case CLOUDFORMATION ->
                config.trust() == PolicyConfig.Trust.ROLE
                        ? CloudFormation.ofStackSet(
                                installation(config), config.scope().account().id())
                        : CloudFormation.of(installation(config));
            case TERRAFORM -> Terraform.of(installation(config));
        };
    }

    private static Installation installation(PolicyConfig config) {
        return new Installation(
                config.scope().itself(),
                config.scope().cluster(),
                config.permissions(),
                trust(config),
                config.roleBoundary());
    }

    private static PolicyDocument trust(PolicyConfig config) {
        return switch (config.trust()) {
            case IRSA ->
                OperatorTrust.irsa(
                        config.scope(), config.previousIssuers(), config.namespace(), config.serviceAccount());
            case ROLE -> OperatorTrust.anotherAccount(config.trusted().orElseThrow(), config.externalId());
            case POD_IDENTITY -> OperatorTrust.podIdentity(config.scope(), config.namespace(), config.serviceAccount());
        };
    }
}
