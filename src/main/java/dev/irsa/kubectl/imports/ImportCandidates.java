package dev.irsa.kubectl.imports;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ServiceAccounts to import, from the cluster and from the files of other tools. The files add ServiceAccounts that are not in
 * the cluster, and what only they know.
 */
public final class ImportCandidates {
    private static final String EKSCTL_CLUSTER = "alpha.eksctl.io/cluster-name";
    private static final String EKSCTL_ACCOUNT = "alpha.eksctl.io/iamserviceaccount-name";
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final String PART = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
    /** Kubernetes limits the length of the whole name, and not that of its parts. */
    private static final Pattern SUBDOMAIN = Pattern.compile("(?=.{1,253}$)" + PART + "(?:\\." + PART + ")*");

    private final SortedMap<AccountKey, ImportCandidate> byAccount = new TreeMap<>();
    private final Set<String> eksctlClusters = new HashSet<>();
    private final Predicate<AccountKey> scope;
    private final Consumer<String> warn;

    /**
     * Creates a list without a ServiceAccount.
     *
     * @param scope the ServiceAccounts that the user asks about and the operator does not manage
     * @param warn receives what in a file is not imported
     */
    public ImportCandidates(Predicate<AccountKey> scope, Consumer<String> warn) {
        this.scope = scope;
        this.warn = warn;
    }

    /** Adds the ServiceAccounts with a role annotation. */
    public void add(List<Workload> accounts) {
        accounts.stream()
                .flatMap(account -> ImportCandidate.of(account).stream())
                .filter(candidate -> scope.test(candidate.account()))
                .forEach(this::put);
    }

    /**
     * Adds the roles of a Terraform state. A role trusts the OIDC provider in its own account.
     *
     * @param account of the operator
     * @param provider the name of the cluster's OIDC provider
     */
    public void add(TerraformState state, AwsAccount account, String provider) {
        state.leftOut().forEach(warn);
        for (TerraformRole role : state.roles()) {
            AwsAccount own = RoleArn.of(role.arn())
                    .map(arn -> new AwsAccount(arn.partition(), arn.account(), ""))
                    .orElse(account);
            SortedSet<String> subjects = role.subjects(own.oidcProvider(provider));
            if (subjects.isEmpty()) {
                continue;
            }
            if (RoleArn.of(role.arn()).isEmpty()) {
                warn.accept(
                        role.address() + " is not imported: the state has no ARN for it; run terraform apply first");
                continue;
            }
            Optional<AccountKey> only = subjects.size() == 1 ? account(subjects.first()) : Optional.empty();
            if (only.isEmpty()) {
                warn.accept(role.address() + " is not imported: its trust policy names " + String.join(", ", subjects)
                        + "; a role can be imported for one ServiceAccount");
            } else if (scope.test(only.get())) {
                add(role, only.get());
            }
        }
    }

    private void add(TerraformRole role, AccountKey account) {
        ImportCandidate known = byAccount.getOrDefault(account, ImportCandidate.without(account, role.arn()));
        if (known.roleArn().equals(role.arn())) {
            put(known.at(role.addresses()));
        } else {
            warn.accept(role.address() + " is not imported: the role of ServiceAccount " + account.namespace() + "/"
                    + account.name() + " is " + known.roleArn());
        }
    }

    /** Adds the ServiceAccounts that a file of eksctl declares. */
    public void add(EksctlConfig config) {
        config.notExpressed().forEach(warn);
        eksctlClusters.add(config.cluster());
        for (EksctlServiceAccount declared : config.serviceAccounts()) {
            AccountKey account = declared.account();
            if (!isValid(account)) {
                warn.accept(declared.place() + " is not imported: " + account.namespace() + "/" + account.name()
                        + " is not a valid name of a ServiceAccount");
            } else if (scope.test(account)) {
                put(byAccount
                        .getOrDefault(account, ImportCandidate.without(account, ""))
                        .declaredAs(declared));
            }
        }
    }

    /** Adds the role that a manifest adopts. The ARN is empty if its account is not known. */
    public void add(AccountKey account, String roleArn, Optional<Workload> live, ImportCandidate.Given given) {
        put(ImportCandidate.of(account, roleArn, live, given));
    }

    private void put(ImportCandidate candidate) {
        byAccount.put(candidate.account(), candidate);
    }

    /** Returns the ids of the AWS accounts of their roles. */
    public SortedSet<String> accounts() {
        return arns().map(RoleArn::account).collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<RoleArn> arns() {
        return byAccount.values().stream().flatMap(candidate -> RoleArn.of(candidate.roleArn()).stream());
    }

    /** Returns whether a role with a name and tags is the role of one of them. It is asked for each role of the operator's account. */
    public BiPredicate<String, Map<String, String>> wanted() {
        Set<String> names = arns().map(RoleArn::name).collect(Collectors.toSet());
        return (name, tags) -> names.contains(name) || declaredFor(tags).isPresent();
    }

    /** Returns whether a role with a name is the role of one of them. It is asked for each role of the account with this id. */
    public BiPredicate<String, Map<String, String>> wantedIn(String account) {
        Set<String> names = arns().filter(arn -> arn.account().equals(account))
                .map(RoleArn::name)
                .collect(Collectors.toSet());
        return (name, _) -> names.contains(name);
    }

    /** Returns the ServiceAccounts with the roles that eksctl has created for them. */
    public List<ImportCandidate> resolved(Found roles) {
        SortedMap<AccountKey, List<String>> created = new TreeMap<>();
        roles.byName()
                .values()
                .forEach(role -> declaredFor(role.role().tags())
                        .ifPresent(account -> created.computeIfAbsent(account, _ -> new ArrayList<>())
                                .add(role.role().arn())));
        List<ImportCandidate> resolved = new ArrayList<>();
        byAccount.forEach((account, candidate) -> {
            List<String> arns = created.getOrDefault(account, List.of());
            if (arns.size() > 1) {
                warn.accept("ServiceAccount " + account.namespace() + "/" + account.name()
                        + " is not imported: the tags of eksctl name it on several roles, " + String.join(", ", arns)
                        + "; annotate the ServiceAccount with its role");
            } else {
                resolved.add(arns.isEmpty() ? candidate : candidate.withRole(arns.getFirst()));
            }
        });
        return List.copyOf(resolved);
    }

    /** Returns the ServiceAccount without a role for which eksctl says that it created a role with these tags. */
    private Optional<AccountKey> declaredFor(Map<String, String> tags) {
        String[] parts = tags.getOrDefault(EKSCTL_ACCOUNT, "").split("/", -1);
        if (parts.length != 2 || !eksctlClusters.contains(tags.getOrDefault(EKSCTL_CLUSTER, ""))) {
            return Optional.empty();
        }
        AccountKey account = new AccountKey(parts[0], parts[1]);
        ImportCandidate candidate = byAccount.get(account);
        return candidate != null && candidate.roleArn().isEmpty() ? Optional.of(account) : Optional.empty();
    }

    private static Optional<AccountKey> account(String subject) {
        String[] parts = subject.startsWith(SERVICE_ACCOUNT)
                ? subject.substring(SERVICE_ACCOUNT.length()).split(":", -1)
                : new String[0];
        return parts.length == 2
                ? Optional.of(new AccountKey(parts[0], parts[1])).filter(ImportCandidates::isValid)
                : Optional.empty();
    }

    /** Returns whether Kubernetes accepts the names. A file may have others, and they become names of files. */
    private static boolean isValid(AccountKey account) {
        return LABEL.matcher(account.namespace()).matches()
                && SUBDOMAIN.matcher(account.name()).matches();
    }
}
