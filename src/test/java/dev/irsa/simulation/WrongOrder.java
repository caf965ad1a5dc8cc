package dev.irsa.simulation;

import dev.irsa.plan.RoleChange;
import dev.irsa.plan.ServiceAccountChange;
import dev.irsa.port.ResourceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Operators that do the right thing too soon or too late. */
final class WrongOrder {
    private WrongOrder() {}

    static Outside holdsAfterCreate(Outside outside) {
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

    static Outside letsGoTooSoon(Outside outside) {
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

    static Outside tagsAfterCreate(Outside outside) {
        return outside.with(new PassingCloud(outside.cloud()) {
            @Override
            public String create(RoleChange.CreateRole change) {
                String id = super.create(Seen.untagged(change));
                apply(new RoleChange.TagRole(change.roleName(), change.role().tags()));
                return id;
            }
        });
    }

    static Outside pointsUntilTheRoleHasGone(Outside outside) {
        TreeMap<ResourceRef, ServiceAccountChange> due =
                new TreeMap<>((one, other) -> one.uid().compareTo(other.uid()));
        return outside.with(new PassingCluster(outside.cluster()) {
            @Override
            public void apply(ResourceRef resource, ServiceAccountChange change) {
                if (change instanceof ServiceAccountChange.ReleaseServiceAccount) {
                    due.put(resource, change);
                } else {
                    super.apply(resource, change);
                }
            }

            @Override
            public void letGo(ResourceRef resource) {
                if (due.containsKey(resource)) {
                    super.apply(resource, due.remove(resource));
                }
                super.letGo(resource);
            }
        });
    }

    static Outside takesBeforeItGives(Outside outside, Realm realm) {
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
}
