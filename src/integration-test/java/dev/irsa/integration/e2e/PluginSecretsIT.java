package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.Command;
import dev.irsa.kubectl.output.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that no command of {@code kubectl irsa} prints a credential, whether it is given one or requests it. */
class PluginSecretsIT extends OperatorTestBase {
    private static final String ACCESS_KEY = "AKIARECOGNISABLE0002";
    private static final String SECRET_KEY = "recognisable/Plugin+Key/0123456789abcdef";
    private static final String SESSION_TOKEN = "recognisable/Plugin+Session/0123456789abcdef==";

    private static final Pattern ISSUED = Pattern.compile("<(?:AccessKeyId|SecretAccessKey|SessionToken)>([^<]+)<");

    private final List<String> issued = Collections.synchronizedList(new ArrayList<>());
    private AppliedResource resource;
    private LimitedUser user;
    private PluginInProcess inProcess;
    private KubectlIrsa process;
    private String kubernetesToken;

    @Override
    OperatorLaunch launch() {
        PublishedSettings.prepare(env);
        return env.launch().withArguments(PublishedSettings.FLAGS);
    }

    @BeforeAll
    void prepareUser() throws IOException {
        PublishedSettings.await(env);
        resource = AppliedResource.smallest(env, "invoices").awaitReady();
        user = LimitedUser.in(env.controlPlane(), resource.namespace());
        user.grantOnly(
                Stream.of(
                                PluginPermissions.doctorOfPod(resource.namespace(), resource.name()),
                                PluginPermissions.explain(resource.namespace(), resource.name()),
                                PluginPermissions.get(resource.namespace()))
                        .flatMap(command -> command.grants().stream())
                        .distinct()
                        .toList(),
                List.of());
        kubernetesToken = Files.readString(user.kubeconfig()).replaceAll("(?s).*token: \"([^\"]+)\".*", "$1");
        inProcess = new PluginInProcess(
                env.proxy().uri(),
                resource.namespace(),
                Map.of(
                        "aws.accessKeyId", ACCESS_KEY,
                        "aws.secretAccessKey", SECRET_KEY,
                        "aws.sessionToken", SESSION_TOKEN));
        process = KubectlIrsa.of(user.kubeconfig(), env.proxy().uri())
                .with("AWS_ACCESS_KEY_ID", ACCESS_KEY)
                .with("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
                .with("AWS_SESSION_TOKEN", SESSION_TOKEN)
                .with("IRSA_LOG_LEVEL", "TRACE");
    }

    static Stream<String> commands() {
        return Stream.of("get", "plan", "explain invoices", "doctor sa/invoices --prove");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void printsNoCredential(String command) {
        proof();

        for (OutputFormat format : formats(command)) {
            Command.Result result = inProcess.run(user.kubeconfig(), words(command + " -o " + format));

            assertThat(result.exitCode()).as(result.stderr()).isLessThan(2);
            assertThat(result.stdout()).as(result.stderr()).isNotBlank();
            assertNoSecret(result);
        }
        assertThat(issued)
                .hasSize(command.contains("--prove") ? 3 * formats(command).size() : 0);
    }

    private static List<OutputFormat> formats(String command) {
        return Stream.of(OutputFormat.values())
                .filter(format -> format != OutputFormat.wide || command.equals("get"))
                .toList();
    }

    /** The process logs at the lowest level, which the tests of this JVM cannot set. */
    @ParameterizedTest
    @ValueSource(strings = {"plan", "doctor sa/invoices --prove"})
    void logsNoCredential(String command) {
        proof();

        assertNoSecret(
                process.run(words(command + " -n " + resource.namespace()).toArray(String[]::new)));
    }

    /** IAM quotes the request, which includes the session token. */
    @ParameterizedTest
    @MethodSource("commands")
    void printsNoCredentialThatAwsQuotes(String command) {
        env.proxy()
                .faults()
                .on("*")
                .fail(
                        403,
                        "SignatureDoesNotMatch",
                        "The Canonical String should have been x-amz-security-token:" + SESSION_TOKEN);

        assertNoSecret(inProcess.run(user.kubeconfig(), words(command)));
    }

    private void assertNoSecret(Command.Result result) {
        String output = result.stdout() + result.stderr();
        new Secrets(secrets()).assertNotIn(String.join(" ", result.command()), output);
        assertThat(output).as("JSON web token").doesNotContain("eyJ");
    }

    private void proof() {
        issued.clear();
        env.proxy().faults().on("sts:AssumeRoleWithWebIdentity").rewrite(this::remember);
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }

    private String remember(String body) {
        ISSUED.matcher(body).results().map(found -> found.group(1)).forEach(issued::add);
        return body;
    }

    /** Returns what the command was given, and what it requested from the API server and from AWS. */
    private List<String> secrets() {
        Stream<String> requested = env.proxy().calls().all().stream()
                .map(AwsCall::parameters)
                .flatMap(parameters -> Stream.ofNullable(parameters.get("WebIdentityToken")));
        return Stream.of(Stream.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, kubernetesToken), issued.stream(), requested)
                .flatMap(found -> found)
                .toList();
    }
}
