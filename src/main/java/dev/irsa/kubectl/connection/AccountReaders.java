package dev.irsa.kubectl.connection;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.AwsProfiles;
import dev.irsa.runtime.StartFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads AWS accounts with the credentials of the user: that of the operator, and another one as soon as a role in it has to be read.
 * Nothing is called before.
 *
 * <p>The credentials for another account are those of the flag, or else the user's own, or else those of a profile. A profile that the
 * user has not named is tried only if it may be of the account by the files, and needs neither a program nor the user.
 */
public final class AccountReaders implements AutoCloseable {
    /** The key of the credentials of the environment. No profile has an empty name. */
    private static final String OWN = "";

    private final AwsOptions options;
    private final Optional<EksContext> eks;
    private final String homeProfile;
    private final Map<String, Evidence<AwsReads>> byAccount = new TreeMap<>();
    private final Map<String, Evidence<AwsReads>> byProfile = new TreeMap<>();
    private final Map<String, Evidence<String>> accounts = new TreeMap<>();

    /**
     * Reads nothing yet.
     *
     * @param eks the cluster, used where the flags and the AWS configuration name none
     * @param settings of the operator, which name its account; empty if they cannot be read
     */
    public AccountReaders(AwsOptions options, Optional<EksContext> eks, Optional<OperatorSettings> settings) {
        this.options = options;
        this.eks = eks;
        this.homeProfile = settings.flatMap(
                        known -> options.profileFor(known.identity().account().id()))
                .orElse(OWN);
    }

    /** Returns the name of the cluster in EKS; empty if it is not known. */
    public Optional<String> eksClusterName() {
        return options.eksClusterName().or(() -> eks.map(EksContext::name));
    }

    /** Returns the reads of the operator's account, without a call. Whether the credentials are of that account is not known. */
    public Evidence<AwsReads> home() {
        return byProfile.computeIfAbsent(homeProfile, this::open);
    }

    private Evidence<AwsReads> open(String profile) {
        if (options.noAws()) {
            return Evidence.unreadable("--no-aws is set");
        }
        try {
            return Evidence.of(
                    AwsReads.connect(options, eks, Optional.of(profile).filter(named -> !named.equals(OWN))));
        } catch (StartFailure e) {
            return Evidence.unreadable(e.problem());
        }
    }

    /**
     * Returns the reads of an account, or why it cannot be read and what to do.
     *
     * @param id twelve digits
     */
    public Evidence<AwsReads> in(String id) {
        return byAccount.computeIfAbsent(id, this::find);
    }

    private Evidence<AwsReads> find(String id) {
        if (options.noAws()) {
            return home();
        }
        Optional<String> named = options.profileFor(id);
        try {
            if (named.isPresent()) {
                return of(named.get(), id) instanceof Evidence.Unreadable<AwsReads>(String why)
                        ? unreadable(id, why, remedy(id, "PROFILE") + " with another profile, or correct this one")
                        : of(named.get(), id);
            }
            Evidence<AwsReads> own = of(OWN, id);
            return own instanceof Evidence.Unreadable<AwsReads>(String why) ? search(id, why) : own;
        } catch (FailureException e) {
            return unreadable(id, UserMessage.of(e.failure()), "try again later");
        }
    }

    /**
     * Tries the profiles that are of the account by the files, and then those with keys, of which only STS knows the account.
     *
     * @param notOwn why the user's own credentials are not used
     */
    private Evidence<AwsReads> search(String id, String notOwn) {
        AwsProfiles profiles = AwsProfiles.ofUser();
        List<String> ofAccount = profiles.names().stream()
                .filter(name -> profiles.account(name).filter(id::equals).isPresent())
                .toList();
        List<String> candidates = Stream.concat(
                        ofAccount.stream(),
                        profiles.names().stream()
                                .filter(name -> profiles.account(name).isEmpty()))
                .filter(profiles::isSilent)
                .toList();
        List<String> problems = new ArrayList<>(List.of(notOwn));
        for (String name : candidates) {
            Evidence<AwsReads> found = ofAny(name, id);
            if (!(found instanceof Evidence.Unreadable<AwsReads>(String why))) {
                return found;
            }
            // Each of the others may be of any account, and says nothing about this one.
            if (ofAccount.contains(name)) {
                problems.add(why);
            }
        }
        Optional<String> toName =
                ofAccount.stream().filter(name -> !profiles.isSilent(name)).findFirst();
        toName.ifPresent(name -> problems.add(
                "AWS profile " + name + " is not tried unless you name it, because it may start a program or ask you"));
        if (problems.size() == 1) {
            problems.add("no AWS profile of the account was found");
        }
        return unreadable(id, String.join(", and ", problems), remedy(id, toName.orElse("PROFILE")));
    }

    /** Returns the same as {@link #of}. A profile that does not work is no reason to try no other. */
    private Evidence<AwsReads> ofAny(String profile, String id) {
        try {
            return of(profile, id);
        } catch (FailureException e) {
            return Evidence.unreadable(
                    "AWS profile " + profile + " cannot be used (" + UserMessage.of(e.failure()) + ")");
        }
    }

    private static Evidence<AwsReads> unreadable(String id, String why, String remedy) {
        return Evidence.unreadable("account " + id + " cannot be read: " + why + "; " + remedy);
    }

    private static String remedy(String id, String profile) {
        return "pass --profile-for " + id + "=" + profile;
    }

    /**
     * Returns the reads with the credentials of a profile, or why they are not of the account.
     *
     * @throws FailureException if STS does not answer
     */
    private Evidence<AwsReads> of(String profile, String id) {
        return byProfile
                .computeIfAbsent(profile, this::open)
                .then(reads -> accounts.computeIfAbsent(profile, _ -> account(profile, reads))
                        .then(account -> account.equals(id)
                                ? Evidence.of(reads)
                                : Evidence.unreadable((profile.equals(OWN)
                                                ? "your AWS credentials are"
                                                : "AWS profile " + profile + " is")
                                        + " of account " + account)));
    }

    private static Evidence<String> account(String profile, AwsReads reads) {
        try {
            return Evidence.of(reads.caller().get().account().id());
        } catch (FailureException e) {
            if (e.failure().reason() == Reason.CredentialsUnavailable) {
                return Evidence.unreadable(
                        profile.equals(OWN)
                                ? "your AWS credentials are missing, expired, or not valid"
                                : "AWS profile " + profile + " has no valid credentials");
            }
            throw e;
        }
    }

    @Override
    public void close() {
        byProfile.values().forEach(opened -> opened.known().ifPresent(AwsReads::close));
    }
}
