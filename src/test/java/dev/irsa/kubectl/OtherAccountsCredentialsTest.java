package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.IamServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The credentials with which the commands read the accounts of a user who has several. */
class OtherAccountsCredentialsTest extends OtherAccountsTestBase {
    @Test
    void readsTheAccountWithTheProfileOfTheUserThatIsOfIt() throws IOException {
        Path trap = folder.resolve("trap");
        world.configure("[profile a]\ncredential_process = touch " + trap + "\n"
                + "[profile b]\nsource_profile = missing\nrole_arn = arn:aws:iam::999999999999:role/x\n"
                + "[profile c]\nsso_session = work\nsso_account_id = 777788889999\n"
                + TwoAccounts.KEYS.formatted("d", IamServer.UNKNOWN_KEY)
                + TwoAccounts.KEYS.formatted("e", IamServer.UNKNOWN_KEY) + "aws_account_id = 444455556666\n"
                + TwoAccounts.KEYS.formatted("f", "AKIDOTHER") + "aws_account_id = 444455556666\n"
                + TwoAccounts.KEYS.formatted("g", "AKIDOTHER") + "aws_account_id = 444455556666\n");
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        world.create(RESOURCE);

        assertThat(world.run(new PlanCommand())).isZero();

        assertThat(world.out.toString())
                .contains("create role " + REPORTS)
                .contains("arn:aws:iam::444455556666:oidc-provider/" + TwoAccounts.ISSUER)
                .doesNotContain("111122223333");
        assertThat(world.err.toString()).isEmpty();
        assertThat(world.other.calls().of("GetRole")).isPositive();
        assertThat(world.home.calls().of("GetRole")).isZero();
        assertThat(world.aws.callers()).containsExactly("AKIDEXAMPLE", IamServer.UNKNOWN_KEY, "AKIDOTHER");
        assertThat(trap).doesNotExist();
    }

    @Test
    void triesAllProfilesThatMayBeOfTheAccountBeforeItGivesUp() throws IOException {
        world.configure("[profile analytics]\nsso_session = work\nsso_account_id = 444455556666\n"
                + "[profile b]\ncredential_process = false\naws_account_id = 444455556666\n"
                + TwoAccounts.KEYS.formatted("broken", IamServer.UNKNOWN_KEY)
                + TwoAccounts.KEYS.formatted("own", "AKIDMINE"));
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        world.create(RESOURCE);

        assertThat(world.run(new PlanCommand(), "-o", "json")).isZero();

        assertThat(world.aws.callers()).containsExactly("AKIDEXAMPLE", IamServer.UNKNOWN_KEY, "AKIDMINE");
        assertThat(world.out.toString())
                .contains("\"action\":\"create\"", "\"comparedWithIam\":false")
                .contains("not compared with IAM in account 444455556666 (IamAccount analytics): account 444455556666"
                        + " cannot be read: your AWS credentials are of account 111122223333, and AWS profile analytics is not tried unless you name it, because it may start"
                        + " a program or ask you; pass --profile-for 444455556666=analytics");
    }

    @Test
    void readsTheOtherAccountWithoutCredentialsForThatOfTheOperator() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.setProperty("aws.disableEc2Metadata", "true");
        world.configure(TwoAccounts.ANALYTICS);
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        world.create(RESOURCE);

        assertThat(world.run(new PlanCommand(), "-o", "json")).isZero();
        assertThat(world.out.toString()).contains("\"comparedWithIam\":true", "create role " + REPORTS);
        assertThat(world.aws.callers()).containsExactly("AKIDOTHER");

        world.configure("");
        assertThat(world.run(new PlanCommand(), "-o", "json")).isZero();
        assertThat(world.out.toString())
                .contains("\"comparedWithIam\":false")
                .contains(
                        "account 444455556666 cannot be read: your AWS credentials are missing, expired, or not valid, and"
                                + " no AWS profile of the account was found; sign in and set AWS_PROFILE, or pass"
                                + " --profile-for 444455556666=PROFILE");
    }

    @Test
    void usesTheProfileThatTheUserNames() throws IOException {
        world.configure("[profile b]\ncredential_process = "
                + program("{\"Version\":1,\"AccessKeyId\":\"AKIDOTHER\",\"SecretAccessKey\":\"secret\"}") + "\n"
                + TwoAccounts.ANALYTICS + TwoAccounts.KEYS.formatted("own", "AKIDMINE"));
        world.create(TwoAccounts.ACCOUNT);
        world.create(ENTITLEMENT);
        world.create(RESOURCE);

        assertThat(world.run(new PlanCommand(), "--profile-for=444455556666=b")).isZero();
        assertThat(world.err.toString()).isEmpty();
        assertThat(world.aws.callers()).containsExactly("AKIDOTHER");

        assertThat(world.run(new PlanCommand(), "--profile-for", "444455556666=own"))
                .isZero();
        assertThat(world.err.toString())
                .contains("account 444455556666 cannot be read: AWS profile own is of account 111122223333; pass"
                        + " --profile-for 444455556666=PROFILE with a profile of that account");

        assertThat(world.run(new PlanCommand(), "--profile-for", "444455556666=none"))
                .isZero();
        assertThat(world.err.toString())
                .contains("there is no AWS profile none; correct its name, or pass --profile-for 444455556666=PROFILE");

        assertThat(world.run(new GetCommand(), "--profile-for", "analytics=own"))
                .isEqualTo(2);
        assertThat(world.err.toString()).contains("'analytics=own' is not of the form ACCOUNT-ID=PROFILE");
    }

    private String program(String output) throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\necho '" + output + "'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program.toString();
    }

    @Test
    void readsTheAccountOfTheOperatorWithTheProfileThatTheUserNames() throws IOException {
        world.configure(TwoAccounts.KEYS.formatted("home", "AKIDMINE"));
        System.setProperty("aws.accessKeyId", "AKIDOTHER");
        world.create(RESOURCE.replace("account: analytics", ""));

        assertThat(world.run(new PlanCommand(), "--profile-for=111122223333=home"))
                .isEqualTo(1);

        assertThat(world.err.toString()).isEmpty();
        assertThat(world.aws.callers()).containsExactly("AKIDMINE");
    }

    @Test
    void namesTheProfileThatIsNotOfTheAccountOfTheOperator() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);

        assertThat(world.run(new GetCommand(), "--retained", "--profile-for=111122223333=analytics"))
                .isEqualTo(1);

        assertThat(world.err.toString())
                .contains("account 111122223333 cannot be read: AWS profile analytics is of account 444455556666; pass"
                        + " --profile-for 111122223333=PROFILE with a profile of that account");
    }

    @Test
    void refusesTwoProfilesForAnAccount() {
        String[] flags = {"--profile-for=444455556666=a", "--profile-for=111122223333=a", "--profile-for=444455556666=b"
        };

        assertThat(world.run(new GetCommand(), flags)).isEqualTo(2);
        assertThat(world.err.toString()).startsWith("error: --profile-for names account 444455556666 twice, and");
        assertThat(world.run(new PlanCommand(), flags)).isEqualTo(1);
        assertThat(world.aws.callers()).isEmpty();
    }

    @Test
    void reportsAConfigurationFileThatIsNotValidAsSuch() throws IOException {
        world.create(TwoAccounts.ACCOUNT);
        world.create(RESOURCE);
        world.configure("[profile analytics\n");

        for (String[] flags : new String[][] {{}, {"--profile-for=444455556666=analytics"}}) {
            assertThat(world.run(new PlanCommand(), flags)).isEqualTo(1);
            assertThat(world.err.toString())
                    .contains("account 444455556666 cannot be read: the AWS configuration file (AWS_CONFIG_FILE,"
                            + " AWS_SHARED_CREDENTIALS_FILE) is not valid: ")
                    .contains("; correct it\n")
                    .doesNotContain("no AWS profile", "--profile-for");
        }
    }

    @Test
    void saysHowToSignIn() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.setProperty("aws.profile", "work");
        world.create(TwoAccounts.ACCOUNT);
        world.create(RESOURCE);
        String why =
                "account 444455556666 cannot be read: AWS profile work signs in with the AWS CLI, which starts only"
                        + " if you name the profile with --profile-for";

        world.configure("[profile work]\nsso_session = work\nsso_account_id = 444455556666\n");
        world.run(new PlanCommand());
        assertThat(world.err.toString()).contains(why + "; pass --profile-for 444455556666=work\n");

        world.configure("[profile work]\nlogin_session = work\n");
        world.run(new PlanCommand());
        assertThat(world.err.toString())
                .contains(why + ", and no AWS profile of the account was found; sign in, and run: eval"
                        + " \"$(aws configure export-credentials --profile work --format env)\", or pass --profile-for"
                        + " 444455556666=PROFILE\n");

        world.run(new PlanCommand(), "--profile-for=444455556666=work");
        assertThat(world.err.toString())
                .contains("account 444455556666 cannot be read: AWS profile work has no valid credentials (")
                .contains(
                        "); run: aws login --profile work, or pass --profile-for 444455556666=PROFILE with a profile");
        assertThat(world.aws.callers()).isEmpty();
    }

    @Test
    void callsNothingElseWithoutARoleInAnotherAccount() throws IOException {
        world.configure(TwoAccounts.ANALYTICS);
        denyIamAccounts();
        world.role(world.home, "cart");
        world.home.calls().reset();

        assertThat(world.run(new GetCommand())).isZero();
        assertThat(world.run(new PlanCommand())).isZero();
        assertThat(world.run(new DoctorCommand(), "sa/cart")).isNotNegative();
        assertThat(world.run(new ImportCommand())).isZero();

        assertThat(world.aws.callers()).containsOnly("AKIDEXAMPLE").hasSize(4);
        assertThat(world.other.calls().of("GetRole")).isZero();
        assertThat(world.server.requests().of("list", "iamaccounts")).isZero();
    }
}
