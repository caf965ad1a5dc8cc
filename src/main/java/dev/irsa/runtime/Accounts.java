package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.controller.EntitledAccount;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.ResourceReconciler;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.status.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The AWS accounts in which the operator manages roles: its own, and one for each IamAccount. Each has what it needs to work alone; only
 * the number of sweeps at once is limited for all together.
 */
public final class Accounts implements ResourceReconciler {
    private static final Duration UNTIL_TRIED = Duration.ofSeconds(1);

    private final ManagedAccount own;
    private final ClusterIdentityResolver identities;
    private final Supplier<List<IamAccount>> observed;
    private final Function<IamAccount, OtherAccount> connect;
    private volatile Map<String, OtherAccount> others = Map.of();
    private IntConsumer counted = _ -> {};
    private boolean working;

    /**
     * Creates the accounts, of which only the own one is known yet.
     *
     * @param identities the identity in the own account
     * @param observed returns every IamAccount
     * @param connect creates the account of an IamAccount
     */
    Accounts(
            ManagedAccount own,
            ClusterIdentityResolver identities,
            Supplier<List<IamAccount>> observed,
            Function<IamAccount, OtherAccount> connect) {
        this.own = own;
        this.identities = identities;
        this.observed = observed;
        this.connect = connect;
    }

    /** Sets what receives the number of accounts when it changes. */
    synchronized void onCount(IntConsumer listener) {
        counted = listener;
    }

    /** Returns the account of the operator. */
    public ManagedAccount own() {
        return own;
    }

    @Override
    public Outcome reconcile(IamServiceAccount resource) {
        Optional<OtherAccount> other =
                Optional.ofNullable(others.get(resource.getSpec().accountName()));
        if (other.isPresent() && !other.get().isTried()) {
            return Outcome.postponed(UNTIL_TRIED);
        }
        // In its own account, the operator does nothing for a resource that names another one.
        return other.map(OtherAccount::managed).orElse(own).reconciler().reconcile(resource);
    }

    @Override
    public void forget(ResourceRef resource) {
        // While its IamAccount did not exist, the own account reconciled it.
        managed().forEach(account -> account.reconciler().forget(resource));
    }

    /** Returns what entitlements are checked with in each account, by the name of the IamAccount. */
    Map<String, EntitledAccount> entitled() {
        Map<String, EntitledAccount> all = new TreeMap<>();
        all.put("", new EntitledAccount(identities, identities::known, own.authorizer()));
        others.forEach((name, other) -> all.put(name, other.entitled()));
        return all;
    }

    private Stream<ManagedAccount> managed() {
        return Stream.concat(Stream.of(own), others.values().stream().map(OtherAccount::managed));
    }

    /** Connects to the accounts that are new or changed, and ends the connection to those that no longer exist. */
    public synchronized void update() {
        Map<String, OtherAccount> before = others;
        Map<String, OtherAccount> now = new TreeMap<>();
        for (IamAccount account : observed.get()) {
            String name = account.getMetadata().getName();
            now.put(
                    name,
                    Optional.ofNullable(before.get(name))
                            .filter(same -> same.isOf(account) && !same.isSuperseded())
                            .orElseGet(() -> connect.apply(account)));
        }
        // Two versions of an account never work at the same time.
        before.values().stream().filter(account -> !now.containsValue(account)).forEach(Accounts::end);
        if (working) {
            now.values().stream()
                    .filter(account -> !before.containsValue(account))
                    .forEach(OtherAccount::start);
        }
        others = Map.copyOf(now);
        counted.accept(now.size() + 1);
    }

    private static void end(OtherAccount account) {
        account.stop();
        account.disconnect();
    }

    /** Starts to work. Otherwise, resources would report at first that their accounts do not exist. */
    public synchronized void start() {
        update();
        working = true;
        own.reconciler().begin();
        others.values().forEach(OtherAccount::start);
    }

    /** Requests a stop of all other accounts. */
    public synchronized void stop() {
        working = false;
        others.values().forEach(OtherAccount::stop);
    }

    /** Returns the loops of the other accounts. */
    Stream<BackgroundLoop> loops() {
        return others.values().stream().flatMap(OtherAccount::loops);
    }
}
