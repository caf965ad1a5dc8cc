package dev.irsa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.OperatorMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyCommandTest {
    private final StringWriter output = new StringWriter();
    private final StringWriter complaints = new StringWriter();

    @Test
    void writesPolicyToStdoutAndGapsToStderr() {
        assertThat(run("--cluster-name=prod", "--account=111122223333")).isZero();

        assertThat(output.toString()).startsWith("{\n").endsWith("}\n");
        assertThat(complaints.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("irsa-operator: without --boundary-arn"));
    }

    @Test
    void reportsNoGapsForCompletePolicy() {
        assertThat(run(
                        "--cluster-name=prod",
                        "--account=111122223333",
                        "--boundary-arn=arn:aws:iam::111122223333:policy/a",
                        "--boundary-arn=arn:aws:iam::111122223333:policy/b"))
                .isZero();

        assertThat(output.toString()).contains("policy/a\"", "policy/b\"");
        assertThat(complaints.toString()).isEmpty();
    }

    @Test
    void allowsPodIdentityAssociationsIfRequested() {
        assertThat(run("--cluster-name=prod", "--account=111122223333", "--pod-identity", "--region=eu-west-1"))
                .isZero();

        assertThat(output.toString()).contains("arn:aws:eks:eu-west-1:111122223333:podidentityassociation/prod/*");
    }

    @Test
    void requiresRegionForPodIdentityAssociations() {
        assertThat(run("--cluster-name=prod", "--account=111122223333", "--pod-identity"))
                .isEqualTo(2);

        assertThat(complaints.toString()).contains("--region is missing; --pod-identity requires the region");
    }

    @Test
    void namesClusterInEksInTrustPolicy() {
        assertThat(run(
                        "--cluster-name=prod",
                        "--account=111122223333",
                        "--print=trust",
                        "--trust=pod-identity",
                        "--region=eu-west-1",
                        "--eks-cluster-name=main"))
                .isZero();

        assertThat(output.toString()).contains("arn:aws:eks:eu-west-1:111122223333:cluster/main");
    }

    @Test
    void reportsNoGapsForTrustPolicy() {
        assertThat(run(
                        "--cluster-name=prod",
                        "--account=111122223333",
                        "--print=trust",
                        "--oidc-issuer=https://oidc.example.com/a"))
                .isZero();

        assertThat(output.toString()).contains("sts:AssumeRoleWithWebIdentity").doesNotContain("iam:CreateRole");
        assertThat(complaints.toString()).isEmpty();
    }

    @Test
    void aTemplateSetsTheBoundaryOfTheOperatorsRole() {
        String boundary = "arn:aws:iam::111122223333:policy/operators";

        assertThat(run(
                        "--cluster-name=prod",
                        "--account=111122223333",
                        "--oidc-issuer=https://oidc.example.com/a",
                        "--format=cloudformation",
                        "--role-boundary-arn=" + boundary))
                .isZero();

        assertThat(output.toString()).contains("PermissionsBoundary: \"" + boundary + "\"");
    }

    @Test
    void allMistakesAreToldAndNothingIsWritten() {
        assertThat(run("--account=1", "--no-such-flag", "--format=xml")).isEqualTo(2);

        assertThat(output.toString()).isEmpty();
        assertThat(complaints.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("irsa-operator: --no-such-flag is not a flag of this command;"
                                        + " see: irsa-operator policy --help"),
                        line -> assertThat(line).startsWith("irsa-operator: --cluster-name is missing"),
                        line -> assertThat(line).startsWith("irsa-operator: --account=1: "),
                        line -> assertThat(line).startsWith("irsa-operator: --format=xml: "));
    }

    @Test
    void rejectsUnknownFlag() {
        assertThat(run("--cluster-name=prod", "--account=111122223333", "--bounday-arn=x"))
                .isEqualTo(2);

        assertThat(output.toString()).isEmpty();
    }

    private int run(String... flags) {
        String[] arguments = new String[flags.length + 1];
        arguments[0] = "policy";
        System.arraycopy(flags, 0, arguments, 1, flags.length);
        return OperatorMain.commandLine(Optional.empty())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(complaints))
                .execute(arguments);
    }
}
