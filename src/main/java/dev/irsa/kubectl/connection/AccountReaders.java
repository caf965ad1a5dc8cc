package dev.irsa.kubectl.connection;

import dev.irsa.kubectl.connection.Attempt.NotWithThese;
import dev.irsa.kubectl.connection.Attempt.WithNone;
import dev.irsa.kubectl.connection.Attempt.Works;
import dev.irsa.kubectl.diagnosis.Evidence;
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
 * Reads AWS accounts with the credentials of the user. Each account is looked for when it is first read, with calls to STS, and never
 * if nothing in it has to be read.
 *
 * <p>The credentials for an account are those of the flag, or else the user's own, or else those of a profile. A profile that the
 * user has not named is tried only if it may be of the account by the files, and needs neither a program nor the user.
 */
public final class AccountReaders implements AutoCloseable {
    private final AwsOptions options;
    private final Optional<EksContext> eks;
    private final Optional<String> homeId;
    private final UserCredentials credentials;
    private final Map<String, Evidence<AwsReads>> byAccount = new TreeMap<>();

    /**
     * Reads nothing yet.
     *
     * @param eks the cluster, used where the flags and the AWS configuration name none
     * @param settings of the operator, which name its account; empty if they cannot be read
     */
    public AccountReaders(AwsOptions options, Optional<EksContext> eks, Optional<OperatorSettings> settings) {
        this.options = options;
        this.eks = eks;
        this.homeId = settings.map(known -> known.identity().account().id()).or(() -> eks.flatMap(EksContext::account));
        this.credentials = new UserCredentials(options, eks);
    }

    /** Returns the name of the cluster in EKS; empty if it is not known. */
    public Optional<String> eksClusterName() {
        return options.eksClusterName().or(() -> eks.map(EksContext::name));
    }

    /**
     * Returns the reads of the account of the operator and the cluster, or why it cannot be read and what to do. If it is not known
     * which account that is, the user's own credentials are taken to be of it.
     */
    public Evidence<AwsReads> home() {
        return homeId.map(this::in).orElseGet(this::any);
    }

    /**
     * Returns the reads of that account.
     *
     * @throws StartFailure if it cannot be read, with what to do
     */
    public AwsReads requireHome() throws StartFailure {
        return switch (home()) {
            case Evidence.Known<AwsReads>(AwsReads aws) -> aws;
            case Evidence.Unreadable<AwsReads>(String problem) ->
                throw new StartFailure(StartFailure.ENVIRONMENT, problem);
        };
    }

    /** Returns clients for calls that depend on no account, without a call. */
    public Evidence<AwsReads> any() {
        return credentials
                .open(homeId.flatMap(options::profileFor).orElse(UserCredentials.OWN))
                .evidence();
    }

    /**
     * Returns the reads of an account, or why it cannot be read and what to do.
     *
     * @param id twelve digits
     */
    public Evidence<AwsReads> in(String id) {
        return options.noAws() ? any() : byAccount.computeIfAbsent(id, this::find);
    }

    private Evidence<AwsReads> find(String id) {
        Optional<String> named = options.profileFor(id);
        return switch (credentials.in(id, named.orElse(UserCredentials.OWN))) {
            case Works(AwsReads reads) -> Evidence.of(reads);
            case WithNone(String problem) -> unreadable(id, problem);
            case NotWithThese(String why, String remedy)
            when named.isPresent() ->
                unreadable(id, why + "; " + or(remedy, flag(id, "PROFILE") + " with a profile of that account"));
            case NotWithThese own -> search(id, own);
        };
    }

    /**
     * Tries the profiles that are of the account by the files, and then those with keys, of which only STS knows the account.
     *
     * @param own why the user's own credentials are not used
     */
    private Evidence<AwsReads> search(String id, NotWithThese own) {
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
        List<String> problems = new ArrayList<>(List.of(own.why()));
        for (String name : candidates) {
            switch (credentials.in(id, name)) {
                case Works(AwsReads reads) -> {
                    return Evidence.of(reads);
                }
                case WithNone(String problem) -> {
                    return unreadable(id, problem);
                }
                // Each of the others may be of any account, and says nothing about this one.
                case NotWithThese(String why, var _) when ofAccount.contains(name) -> problems.add(why);
                case NotWithThese _ -> {}
            }
        }
        Optional<String> toName =
                ofAccount.stream().filter(name -> !profiles.isSilent(name)).findFirst();
        boolean hasOwn = credentials.open(UserCredentials.OWN) instanceof Works;
        toName.filter(name -> hasOwn || !name.equals(AwsProfiles.current()))
                .ifPresent(name -> problems.add("AWS profile " + name
                        + " is not tried unless you name it, because it may start a program or ask you"));
        if (problems.size() == 1 && toName.isEmpty()) {
            problems.add("no AWS profile of the account was found");
        }
        String flag = flag(id, toName.orElse("PROFILE"));
        return unreadable(
                id, String.join(", and ", problems) + "; " + (toName.isPresent() ? flag : or(own.remedy(), flag)));
    }

    private static Evidence<AwsReads> unreadable(String id, String whyAndRemedy) {
        return Evidence.unreadable("account " + id + " cannot be read: " + whyAndRemedy);
    }

    private static String flag(String id, String profile) {
        return "pass --profile-for " + id + "=" + profile;
    }

    private static String or(String first, String second) {
        return first.isEmpty() ? second : first + ", or " + second;
    }

    @Override
    public void close() {
        credentials.close();
    }
}
