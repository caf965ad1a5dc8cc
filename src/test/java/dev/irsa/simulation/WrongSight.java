package dev.irsa.simulation;

import dev.irsa.failure.FailureException;
import dev.irsa.observed.ObservedRole;
import dev.irsa.observed.ObservedServiceAccount;
import dev.irsa.plan.RoleChange;
import dev.irsa.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.policy.PolicyDocument;
import dev.irsa.port.Cloud;
import dev.irsa.port.ResourceRef;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Operators that take what is there, or what they write, for something else. */
final class WrongSight {
    private WrongSight() {}

    static Outside trustsAnOldSnapshot(Outside outside) {
        Map<String, Optional<Cloud.Made>> snapshot = new TreeMap<>();
        return outside.with(new PassingCloud(outside.cloud()) {
            @Override
            public Optional<ObservedRole> role(String name) {
                return made(name).map(Made::role);
            }

            @Override
            public Optional<Made> made(String name) {
                return snapshot.computeIfAbsent(name, super::made);
            }
        });
    }

    static Outside deletesWhateverHasTheName(Outside outside, Realm realm) {
        return outside.with(new PassingCloud(outside.cloud()) {
            @Override
            public Optional<Made> made(String name) {
                return super.made(name).map(made -> new Made(Seen.tagged(made.role(), realm.ownTags(name)), made.at()));
            }
        });
    }

    static Outside dropsSubOnChange(Outside outside) {
        return outside.with(new PassingCloud(outside.cloud()) {
            @Override
            public void apply(RoleChange change) {
                super.apply(
                        change instanceof UpdateAssumeRolePolicy(String role, PolicyDocument trust, var replaced)
                                ? new UpdateAssumeRolePolicy(role, Seen.withoutSub(trust), replaced)
                                : change);
            }
        });
    }

    static Outside takesHalfASweepForWhole(Outside outside) {
        HalfSweep sweep = new HalfSweep(outside.listing());
        return outside.with(sweep).with(new PassingCloud(outside.cloud()) {
            @Override
            public Optional<Made> made(String name) {
                return super.made(name).filter(_ -> !sweep.missed(name));
            }
        });
    }

    static Outside disownsWhatItMade(Outside outside) {
        Set<String> disowned = new HashSet<>();
        return outside.with(
                new PassingCloud(
                        outside.cloud(),
                        role -> disowned.contains(role.name()) ? Seen.tagged(role, new TreeMap<>()) : role) {
                    @Override
                    public String create(RoleChange.CreateRole change) {
                        try {
                            return super.create(change);
                        } catch (FailureException e) {
                            disowned.add(change.roleName());
                            throw e;
                        }
                    }
                });
    }

    static Outside comparesTexts(Outside outside) {
        return outside.with(new PassingCloud(outside.cloud(), ObservedRole::withUnknownTrust));
    }

    static Outside overwritesAnnotations(Outside outside) {
        return outside.with(new PassingCluster(outside.cluster()) {
            @Override
            public ObservedServiceAccount serviceAccount(String namespace, String name) {
                return Seen.allOurs(super.serviceAccount(namespace, name));
            }

            @Override
            public void apply(ResourceRef resource, ServiceAccountChange change) {
                super.apply(resource, Seen.forced(change));
            }
        });
    }
}
