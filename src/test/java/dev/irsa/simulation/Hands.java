package dev.irsa.simulation;

import dev.irsa.fake.RoleRecord;
import dev.irsa.simulation.Act.Deed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All hands but the operator's: users', a console's, and those of chance. */
final class Hands {
    static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    static final String FOREIGN_TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"}]}";
    static final String FOREIGN_POINTER = "arn:aws:iam::111122223333:role/elsewhere";

    private final World world;
    private final Set<String> touched = new HashSet<>();

    Hands(World world) {
        this.world = world;
    }

    /** Whether somebody has changed that role by hand: what it has or lacks since is not the operator's deed. */
    boolean touched(String role) {
        return touched.contains(role);
    }

    /** A call that came late has changed it. */
    void touch(String role) {
        touched.add(role);
    }

    void perform(Act act) {
        switch (act) {
            case Act.Apply(int cluster, Thing thing, Wish wish) ->
                world.realm(cluster).apply(thing, wish);
            case Act.Delete(int cluster, Thing thing) ->
                world.realm(cluster).hands().delete(Thing.NAMESPACE, thing.resource());
            case Act.Rename(int cluster, Thing from, Thing to, Wish wish) -> {
                world.realm(cluster).hands().delete(Thing.NAMESPACE, from.resource());
                world.realm(cluster).apply(to, wish);
            }
            case Act.Drift(int cluster, Thing thing, Deed deed) -> drift(world.realm(cluster), thing, deed);
            case Act.Meddle(int cluster, Thing thing, boolean deletes) -> meddle(world.realm(cluster), thing, deletes);
            case Act.Fail(boolean aws, Act.Fault fault, int calls) ->
                world.weather().next(aws, fault, calls);
            case Act.Outage(boolean aws, var time) -> world.weather().outage(aws, time);
            case Act.Switch() -> world.tasks().running().ifPresent(Task::yields);
            case Act.Slow(var time) -> world.tasks().running().ifPresent(task -> task.sleeps(time));
            case Act.Freeze(int process, var time) -> world.process(process).freeze(time);
            case Act.Kill(int process, var gap) -> {
                Life life = world.process(process);
                life.realm().replace(life, gap);
            }
            case Act.Terminate(int process) -> world.process(process).terminate();
            case Act.Lag(int process, var resources, var accounts) ->
                world.process(process).lag(resources, accounts);
        }
    }

    private void drift(Realm realm, Thing thing, Deed deed) {
        String name = realm.roleName(thing);
        boolean isThere = world.iam().role(name).isPresent();
        var console = world.iam().console();
        if (isThere) {
            touched.add(name);
            switch (deed) {
                case DETACH_ALL -> console.edit(name, role -> role.withAllAttached(List.of()));
                case ATTACH_ADMIN -> console.edit(name, role -> role.withAttached(ADMIN));
                case OPEN_TRUST -> console.edit(name, role -> role.withTrust(FOREIGN_TRUST));
                case TAKE_TAGS -> console.edit(name, Hands::untagged);
                case DELETE, REPLACE -> console.delete(name);
            }
        }
        if (deed == Deed.REPLACE) {
            touched.add(name);
            console.create(name, realm.identity().rolePath(), FOREIGN_TRUST);
        }
    }

    private static RoleRecord untagged(RoleRecord role) {
        Map<String, String> tags = new TreeMap<>(role.tags());
        tags.keySet().removeIf(key -> key.startsWith("irsa.dev/"));
        return role.withTags(tags);
    }

    private void meddle(Realm realm, Thing thing, boolean deletes) {
        if (deletes) {
            realm.hands().deleteServiceAccount(Thing.NAMESPACE, thing.serviceAccount());
        } else {
            realm.hands()
                    .annotate(
                            Thing.NAMESPACE,
                            thing.serviceAccount(),
                            "kubectl",
                            Map.of("eks.amazonaws.com/role-arn", FOREIGN_POINTER));
        }
    }
}
