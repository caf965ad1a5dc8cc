package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.ControlPlaneSettings;
import dev.irsa.integration.machine.EksTokenWebhook;
import dev.irsa.integration.machine.Eksctl;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Ministack;
import dev.irsa.integration.machine.OidcProvider;
import dev.irsa.integration.machine.Shell;
import dev.irsa.integration.machine.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A cluster named {@link #NAME} in an AWS account, with the operator and with a user of the real eksctl.
 *
 * @param aws has CloudFormation too
 * @param proxy through which only eksctl calls AWS; the operator uses that of the environment
 */
record EksctlCluster(
        EksTokenWebhook tokens,
        ControlPlane controlPlane,
        Ministack aws,
        EksCluster eks,
        FaultProxy proxy,
        TestEnvironment env,
        Eksctl eksctl,
        OperatorProcess operator)
        implements AutoCloseable {
    static final String NAME = "production";

    /** Starts everything. The folder is the home directory of the user of eksctl. */
    static EksctlCluster start(Path folder) throws IOException {
        // The first call builds it, which takes minutes. The servers start later.
        Path program = Tool.EKSCTL.path();
        EksTokenWebhook tokens = EksTokenWebhook.start(folder);
        ControlPlane controlPlane = ControlPlane.start(tokens.usedBy(ControlPlaneSettings.likeEks()));
        Ministack aws = Ministack.start();
        FaultProxy proxy = FaultProxy.before(aws.endpoint());
        TestEnvironment env = TestEnvironment.withoutProvider(
                controlPlane,
                aws.endpoint(),
                FaultProxy.before(aws.endpoint()),
                new Kubectl(controlPlane.kubeconfig()));
        OidcProvider.ensure(env.iam(), controlPlane.issuer());
        PublishedSettings.prepare(env);
        OperatorProcess operator = launch(env).startReady();
        PublishedSettings.await(env);
        return new EksctlCluster(
                tokens,
                controlPlane,
                aws,
                EksCluster.create(aws, NAME),
                proxy,
                env,
                Eksctl.of(program, proxy, controlPlane, folder),
                operator);
    }

    /** eksctl creates all roles at the path "/", so they are adopted by name. */
    private static OperatorLaunch launch(TestEnvironment env) {
        return OperatorLaunch.of(
                        NAME, env.controlPlane().kubeconfig(), env.proxy().uri())
                .withArguments("--adoption-role", "/eksctl-production-*,/shop-orders", "--log-format", "text")
                .withArguments(PublishedSettings.FLAGS)
                .withArguments("--consistency-window", "1s", "--sweep-interval", "1s", "--slowest-retry", "5s");
    }

    /** Returns the shell of a user with kubectl, aws, and eksctl. */
    Shell shell(Path folder) {
        return Shell.in(folder, controlPlane.kubeconfig())
                .withAws(aws)
                .with("AWS_DEFAULT_REGION", "eu-west-1")
                .withPlugin()
                .withProgram("eksctl", eksctl.words());
    }

    /** Creates a ServiceAccount with a role that has one managed policy. */
    Command.Result create(String namespace, String name) {
        return iamServiceAccount(
                "create",
                namespace,
                name,
                "--attach-policy-arn=arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
                "--approve");
    }

    /** Runs a command of eksctl for one ServiceAccount. */
    Command.Result iamServiceAccount(String verb, String namespace, String name, String... more) {
        String[] words = new String[more.length + 5];
        words[0] = verb;
        words[1] = "iamserviceaccount";
        words[2] = "--cluster=" + NAME;
        words[3] = "--namespace=" + namespace;
        words[4] = "--name=" + name;
        System.arraycopy(more, 0, words, 5, more.length);
        return eksctl.run("", words).orThrow();
    }

    /** Returns the tags of the role that the annotation of the ServiceAccount names. */
    Map<String, String> tags(String namespace, String serviceAccount) {
        String arn = env.annotation(namespace, serviceAccount, Subject.ROLE_ARN);
        return env.tags(arn.substring(arn.lastIndexOf('/') + 1));
    }

    /** Returns the value of the label by which eksctl recognizes its ServiceAccounts. */
    String label(String namespace, String serviceAccount) {
        return env.field(namespace, "sa/" + serviceAccount, "{.metadata.labels.app\\.kubernetes\\.io/managed-by}");
    }

    @Override
    public void close() {
        operator.close();
        proxy.close();
        env.proxy().close();
        env.iam().close();
        eks.close();
        aws.close();
        controlPlane.close();
        tokens.close();
    }
}
