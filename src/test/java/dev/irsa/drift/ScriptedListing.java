package dev.irsa.drift;

import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.port.RoleListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lists what it is told to, and fails when it is told to. */
final class ScriptedListing implements RoleListing {
    final List<Detail> details = new ArrayList<>();
    final List<Summary> summaries = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();
    final List<String> prefixes = new ArrayList<>();
    Runnable beforeDetails = () -> {};
    Optional<Failure> failure = Optional.empty();
    int passes;

    ScriptedListing with(String... names) {
        for (String name : names) {
            details.add(Roles.detail(name));
            summaries.add(Roles.summary(name));
        }
        return this;
    }

    void denied() {
        failure = Optional.of(new Failure.AccessDenied("iam:GetAccountAuthorizationDetails", "no"));
    }

    void throttled() {
        failure = Optional.of(new Failure.Passing(Reason.Throttled, "slowly"));
    }

    @Override
    public void details(DetailReader reader) {
        passes++;
        beforeDetails.run();
        for (Detail detail : details) {
            if (reader.wants(detail.tags())) {
                reader.take(detail);
            }
        }
        unreadable.forEach(reader::unreadable);
        // As a page that fails when others have been handed over.
        failure.ifPresent(now -> {
            throw new FailureException(now);
        });
    }

    @Override
    public void summaries(String pathPrefix, Consumer<Summary> each) {
        prefixes.add(pathPrefix);
        summaries.forEach(each);
    }
}
