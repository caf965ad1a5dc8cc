package dev.irsa.sweep;

import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.port.AssociationReads.Listed;
import dev.irsa.port.AssociationSweepListener;
import dev.irsa.port.Associations;
import dev.irsa.port.NamespacedName;
import dev.irsa.port.ResourceRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the EKS Pod Identity associations of the cluster with what the operator knows of them. One list shows at once which
 * were deleted. It contains neither roles nor tags, so each association is described separately, spread over a longer
 * interval. Associations of this cluster for which no resource asks in two consecutive sweeps are reported: EKS may show a
 * deleted one for a while.
 */
public final class AssociationSweep {
    private static final Logger LOG = LoggerFactory.getLogger(AssociationSweep.class);
    /** Limits the reads of associations of other owners in one sweep. */
    private static final int UNKNOWN_AT_ONCE = 10;

    /** How often it looks for orphans while no resource has an association. */
    private static final Duration WHILE_UNUSED = Duration.ofDays(1);

    private final Associations associations;
    private final AssociationSweepListener listener;
    private final SweepPorts ports;
    private final SweepSettings settings;
    private final BooleanSupplier podIdentity;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Instant> described = new HashMap<>();
    private final Map<String, Optional<String>> others = new HashMap<>();
    private Instant lastComplete = Instant.EPOCH;
    private Instant lastUnused = Instant.EPOCH;
    private boolean looksAgain;
    private Set<String> suspects = Set.of();
    private String reported = "";

    /**
     * Creates a sweep that runs once per interval.
     *
     * @param listener receives what differs from what is known
     * @param podIdentity whether pods of the cluster can get EKS Pod Identity; then an orphan is found even if no resource
     *     has an association
     */
    public AssociationSweep(
            SweepPorts ports, AssociationSweepListener listener, SweepSettings settings, BooleanSupplier podIdentity) {
        this.associations = ports.account().associations();
        this.listener = listener;
        this.ports = ports;
        this.settings = settings;
        this.podIdentity = podIdentity;
        this.clock = ports.timing().clock();
        this.random = ports.timing().random().get();
    }

    /**
     * Runs one sweep; returns the number of associations that resources have. Without any, EKS is asked once a day for those of
     * resources that no longer exist.
     */
    public int run(ClusterIdentity identity) {
        Map<String, ResourceRef> known = listener.associated();
        Instant began = clock.instant();
        // Sweeps of roles that fail are repeated sooner, and jitter shortens the interval.
        boolean due = !began.isBefore(lastComplete.plus(settings.interval().dividedBy(2)));
        if (known.isEmpty()) {
            sweepUnused(identity, began);
            return 0;
        }
        if (!due) {
            return known.size();
        }
        List<Listed> listed = associations.list();
        Set<String> ids = listed.stream().map(Listed::id).collect(Collectors.toSet());
        known.forEach((id, resource) -> {
            if (!ids.contains(id)) {
                listener.observed(id, Optional.empty(), began);
                ports.requeuer().requeue(resource);
            }
        });
        describeDue(known, ids, began);
        reportOrphans(listed, known, identity);
        lastComplete = began;
        return known.size();
    }

    /** Looks for orphans while no resource has an association. It looks again soon until it is certain of each. */
    private void sweepUnused(ClusterIdentity identity, Instant began) {
        boolean due =
                !began.isBefore(lastUnused.plus(looksAgain ? settings.interval().dividedBy(2) : WHILE_UNUSED));
        if (!due || !podIdentity.getAsBoolean()) {
            return;
        }
        lastUnused = began;
        looksAgain = false;
        try {
            List<Listed> listed = associations.list();
            reportOrphans(listed, Map.of(), identity);
            looksAgain = others.size() < listed.size() || (reported.isEmpty() && !suspects.isEmpty());
        } catch (FailureException e) {
            // An operator without the permission, or without a cluster in EKS, has created no association.
            boolean created = !(e.failure() instanceof Failure.AccessDenied
                    || e.failure() instanceof Failure.PodIdentityUnavailable);
            if (created) {
                looksAgain = true;
                throw e;
            }
        }
    }

    private void describeDue(Map<String, ResourceRef> known, Set<String> listed, Instant began) {
        described.keySet().retainAll(known.keySet());
        known.keySet()
                .forEach(id ->
                        described.computeIfAbsent(id, unread -> began.minus(part(settings.associationInterval()))));
        long atOnce = 1
                + known.size()
                        * settings.interval().toSeconds()
                        / Math.max(1, settings.associationInterval().toSeconds());
        described.entrySet().stream()
                .filter(read ->
                        !read.getValue().plus(settings.associationInterval()).isAfter(began)
                                && listed.contains(read.getKey()))
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .limit(atOnce)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(id -> {
                    Instant asked = clock.instant();
                    // If the read fails, it is due again an interval later, after the others that are due.
                    described.put(
                            id, asked.minus(settings.associationInterval()).plus(settings.interval()));
                    Optional<ObservedAssociation> answer = associations.describe(id);
                    described.put(id, asked);
                    answer.ifPresent(shown -> {
                        listener.observed(id, Optional.of(shown), asked);
                        ports.requeuer().requeue(Objects.requireNonNull(known.get(id)));
                    });
                });
    }

    private Duration part(Duration whole) {
        return Duration.ofMillis((long) (random.nextDouble() * whole.toMillis()));
    }

    private void reportOrphans(List<Listed> listed, Map<String, ResourceRef> known, ClusterIdentity identity) {
        Set<String> ids = listed.stream().map(Listed::id).collect(Collectors.toCollection(HashSet::new));
        ids.removeAll(known.keySet());
        others.keySet().retainAll(ids);
        ids.stream()
                .filter(id -> !others.containsKey(id))
                .limit(UNKNOWN_AT_ONCE)
                .forEach(id -> associations
                        .describe(id)
                        .ifPresent(
                                shown -> others.put(id, identity.owner("", "").owningResource(shown.tags()))));
        TreeSet<String> unwanted = new TreeSet<>();
        listed.forEach(association -> others.getOrDefault(association.id(), Optional.empty())
                .flatMap(NamespacedName::parse)
                .filter(resource ->
                        OrphanFinder.isUnwanted(resource, association.serviceAccount(), identity, ports.cluster()))
                .ifPresent(resource -> unwanted.add(association.id() + " (owned by " + resource
                        + ", for ServiceAccount " + association.serviceAccount() + ")")));
        List<String> orphans = unwanted.stream().filter(suspects::contains).toList();
        suspects = unwanted;
        String note = orphans.isEmpty()
                ? ""
                : "no resource asks for some EKS Pod Identity associations; correct or apply their resources, or delete the"
                        + " associations with: aws eks delete-pod-identity-association --cluster-name "
                        + AssociationState.cluster(listed.getFirst().arn()) + " --association-id ID; they are: "
                        + String.join(", ", orphans);
        if (!note.isEmpty() && !note.equals(reported)) {
            LOG.warn("AssociationsOrphaned: {}", note);
            ports.events().warn("AssociationsOrphaned", note);
        }
        reported = note;
    }
}
