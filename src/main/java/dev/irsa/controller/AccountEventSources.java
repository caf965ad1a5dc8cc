package dev.irsa.controller;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.AccountSource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Watches the IamAccounts. Requeues the resources that name an account which has changed. */
public final class AccountEventSources implements AccountSource {
    private static final String BY_ACCOUNT = "account";

    private volatile Runnable changed = () -> {};
    private volatile Optional<IndexerResourceCache<IamServiceAccount>> resources = Optional.empty();
    private volatile Optional<InformerEventSource<IamAccount, IamServiceAccount>> accounts = Optional.empty();

    /** Sets what runs when an account has changed, before the resources that name it are requeued. */
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /** Creates the event source; the framework calls this at every start. */
    List<EventSource<?, IamServiceAccount>> eventSources(EventSourceContext<IamServiceAccount> context) {
        IndexerResourceCache<IamServiceAccount> primaries = context.getPrimaryCache();
        primaries.addIndexers(Map.of(BY_ACCOUNT, AccountEventSources::account));
        resources = Optional.of(primaries);
        var source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(IamAccount.class, IamServiceAccount.class)
                        .withName("iamaccounts")
                        .withWatchAllNamespaces()
                        .withSecondaryToPrimaryMapper(this::usersAfterChange)
                        .withPrimaryToSecondaryMapper(resource -> Set.<ResourceID>of())
                        .withOnUpdateFilter(EntitlementEventSources::hasChanged)
                        .build(),
                context);
        accounts = Optional.of(source);
        return List.of(source);
    }

    @Override
    public List<IamAccount> accounts() {
        return accounts.map(informer -> informer.list(any -> true).toList()).orElse(List.of());
    }

    private Set<ResourceID> usersAfterChange(IamAccount account) {
        changed.run();
        return EntitlementEventSources.ids(users(account.getMetadata().getName()));
    }

    @Override
    public List<IamServiceAccount> users(String account) {
        return resources.map(cache -> cache.byIndex(BY_ACCOUNT, account)).orElse(List.of());
    }

    private static List<String> account(IamServiceAccount resource) {
        return Optional.ofNullable(resource.getSpec().account()).stream().toList();
    }
}
