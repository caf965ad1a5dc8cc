package dev.irsa.simulation;

import dev.irsa.failure.FailureException;
import dev.irsa.port.RoleListing;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A listing that breaks off and says nothing of it. */
final class HalfSweep implements RoleListing {
    private final RoleListing listing;
    private Set<String> shown = new HashSet<>();
    private boolean broken;

    HalfSweep(RoleListing listing) {
        this.listing = listing;
    }

    /** Whether the last sweep has broken off before it came to that role. */
    boolean missed(String role) {
        return broken && !shown.contains(role);
    }

    @Override
    public void details(DetailReader reader) {
        Set<String> now = new HashSet<>();
        broken = false;
        try {
            listing.details(new DetailReader() {
                @Override
                public boolean wants(Map<String, String> tags) {
                    return reader.wants(tags);
                }

                @Override
                public void take(Detail role) {
                    now.add(role.name());
                    reader.take(role);
                }

                @Override
                public void unreadable(String roleName) {
                    reader.unreadable(roleName);
                }
            });
        } catch (FailureException e) {
            broken = true;
        }
        shown = now;
    }

    @Override
    public void summaries(String pathPrefix, Consumer<Summary> each) {
        listing.summaries(pathPrefix, each);
    }
}
