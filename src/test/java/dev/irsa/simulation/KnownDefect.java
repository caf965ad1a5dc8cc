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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What operators of the field have been seen to do, one by one put into ours. */
enum KnownDefect implements Defect {
    /** IAM says once that there is no such role, and is believed. */
    BELIEVES_ONE_404 {
        @Override
        public Duration window(Duration window) {
            return Duration.ZERO;
        }
    },
    /** The role is made first, and then the resource is held. */
    HOLDS_AFTER_CREATE {
        @Override
        public Outside on(Outside outside, Realm realm) {
            List<ResourceRef> due = new ArrayList<>();
            return outside.with(new PassingCloud(outside.cloud()) {
                        @Override
                        public String create(RoleChange.CreateRole change) {
                            String id = super.create(change);
                            due.forEach(outside.cluster()::hold);
                            due.clear();
                            return id;
                        }
                    })
                    .with(new PassingCluster(outside.cluster()) {
                        @Override
                        public void hold(ResourceRef resource) {
                            due.add(resource);
                        }
                    });
        }
    },
    /** The resource is let go as soon as its ServiceAccount has been released. */
    LETS_GO_TOO_SOON {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return outside.with(new PassingCluster(outside.cluster()) {
                @Override
                public void apply(ResourceRef resource, ServiceAccountChange change) {
                    super.apply(resource, change);
                    if (change instanceof ServiceAccountChange.ReleaseServiceAccount) {
                        letGo(resource);
                    }
                }
            });
        }
    },
    /** What was read of a role once is taken to be so for ever. */
    TRUSTS_AN_OLD_SNAPSHOT {
        @Override
        public Outside on(Outside outside, Realm realm) {
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
    },
    /** A role of that name is the one to delete. */
    DELETES_WHATEVER_HAS_THE_NAME {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return outside.with(new PassingCloud(outside.cloud()) {
                @Override
                public Optional<Made> made(String name) {
                    return super.made(name)
                            .map(made -> new Made(Seen.tagged(made.role(), realm.ownTags(name)), made.at()));
                }
            });
        }
    },
    /** A change of the audience leaves nothing but the audience. */
    DROPS_SUB_ON_CHANGE {
        @Override
        public Outside on(Outside outside, Realm realm) {
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
    },
    /** What is to go goes first. */
    TAKES_BEFORE_IT_GIVES {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return outside.with(new PassingCloud(outside.cloud()) {
                @Override
                public void apply(RoleChange change) {
                    if (change.occupies()) {
                        realm.unwanted(change.roleName()).forEach(super::apply);
                    }
                    super.apply(change);
                }
            });
        }
    },
    /** A sweep that broke off is taken for whole, and what it has not shown for gone. */
    TAKES_HALF_A_SWEEP_FOR_WHOLE {
        @Override
        public Outside on(Outside outside, Realm realm) {
            HalfSweep sweep = new HalfSweep(outside.listing());
            return outside.with(sweep).with(new PassingCloud(outside.cloud()) {
                @Override
                public Optional<Made> made(String name) {
                    return super.made(name).filter(_ -> !sweep.missed(name));
                }
            });
        }
    },
    /** When the answer to CreateRole is lost, the role that is there next time is somebody else's. */
    DISOWNS_WHAT_IT_MADE {
        @Override
        public Outside on(Outside outside, Realm realm) {
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
    },
    /** Two documents are equal only when they are the same text, and IAM's never is. */
    COMPARES_TEXTS {
        @Override
        public Outside on(Outside outside, Realm realm) {
            return outside.with(new PassingCloud(outside.cloud(), ObservedRole::withUnknownTrust));
        }
    },
    /** An annotation that somebody else has set is overwritten. */
    OVERWRITES_ANNOTATIONS {
        @Override
        public Outside on(Outside outside, Realm realm) {
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
    },
    /** One that was frozen while another took over goes on where it was. */
    WRITES_WITHOUT_LEADING {
        @Override
        public boolean fences() {
            return false;
        }
    };
}
