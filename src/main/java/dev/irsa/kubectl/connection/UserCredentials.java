package dev.irsa.kubectl.connection;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.kubectl.connection.Attempt.NotWithThese;
import dev.irsa.kubectl.connection.Attempt.WithNone;
import dev.irsa.kubectl.connection.Attempt.Works;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.runtime.NoCredentials;
import dev.irsa.runtime.StartFailure;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connects to AWS with the credentials of the user: those of the environment, and those of profiles. */
final class UserCredentials implements AutoCloseable {
    /** The credentials of the environment. No profile has an empty name. */
    static final String OWN = "";

    private final AwsOptions options;
    private final Optional<EksContext> eks;
    private final Map<String, Attempt> opened = new TreeMap<>();

    UserCredentials(AwsOptions options, Optional<EksContext> eks) {
        this.options = options;
        this.eks = eks;
    }

    /** Connects with the credentials of a profile, of whatever account they are, without a call for those of the environment. */
    Attempt open(String profile) {
        return opened.computeIfAbsent(profile, this::connect);
    }

    private Attempt connect(String profile) {
        if (options.noAws()) {
            return new WithNone("--no-aws is set");
        }
        try {
            return new Works(AwsReads.connect(options, eks, Optional.of(profile).filter(named -> !named.equals(OWN))));
        } catch (NoCredentials e) {
            return new NotWithThese(e.why(), e.remedy());
        } catch (StartFailure e) {
            return new WithNone(e.problem());
        }
    }

    /** Connects with the credentials of a profile if STS says that they are of the account. */
    Attempt in(String id, String profile) {
        return open(profile) instanceof Works(AwsReads reads) ? in(id, profile, reads) : open(profile);
    }

    private static Attempt in(String id, String profile, AwsReads reads) {
        boolean isOwn = profile.equals(OWN);
        try {
            String account = reads.caller().get().account().id();
            return account.equals(id)
                    ? new Works(reads)
                    : new NotWithThese((isOwn ? "your AWS credentials are" : "AWS profile " + profile + " is")
                            + " of account " + account);
        } catch (FailureException e) {
            if (e.failure().reason() != Reason.CredentialsUnavailable) {
                String why = UserMessage.of(e.failure());
                return isOwn
                        ? new WithNone(why + "; try again later")
                        : new NotWithThese(
                                "AWS profile " + profile + " cannot be used (" + why + ")", "try again later");
            }
            return isOwn
                    ? new NotWithThese(
                            "your AWS credentials are missing, expired, or not valid", "sign in and set AWS_PROFILE")
                    : new NotWithThese("AWS profile " + profile + " has no valid credentials", "correct the profile");
        }
    }

    @Override
    public void close() {
        opened.values().forEach(attempt -> attempt.evidence().known().ifPresent(AwsReads::close));
    }
}
