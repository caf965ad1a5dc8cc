package dev.irsa.simulation;

import java.time.Duration;
import java.util.Locale;
import java.util.TreeSet;

/** What happens, in words; whether there is anything that it could happen to is not asked. */
final class Narration {
    private final World world;

    Narration(World world) {
        this.world = world;
    }

    /** The world as it is at the beginning. */
    static String of(Setting setting) {
        return "IAM shows each write "
                + (setting.lag().isZero() ? "at once" : "after " + seconds(setting.lag()))
                + (setting.flickers() && !setting.lag().isZero()
                        ? ", and until then now the one state and now the other"
                        : "")
                + (setting.scoped() ? "; the operator may write only to roles with its tags" : "")
                + (setting.replicas() == 1 ? "" : "; " + setting.replicas() + " replicas stand for each Lease")
                + switch (setting.neighbour()) {
                    case NONE -> "";
                    case STRANGER -> "; another cluster, test', uses the account";
                    case RIVAL -> "; another cluster, prod', uses the account, and has the same name by mistake";
                    case HEIR -> "; another cluster, prod', is to take over from the first";
                }
                + (setting.atOnce() == 1 ? "; one resource at a time is worked on" : "")
                + (setting.removesOrphans() ? "; orphans are removed" : "");
    }

    /** Right before it happens: who is meant by a number may be another afterwards. */
    String of(Act act) {
        return switch (act) {
            case Act.Apply(int cluster, Thing thing, Wish wish) -> "a user applies " + in(cluster, thing, wish);
            case Act.Delete(int cluster, Thing thing) -> "a user deletes " + in(cluster, thing);
            case Act.Rename(int cluster, Thing from, Thing to, Wish wish) ->
                "a user deletes " + in(cluster, from) + ", and applies " + in(cluster, to, wish);
            case Act.Drift(int cluster, Thing thing, Act.Deed deed) ->
                "somebody at a console" + byHand(deed) + " the role of " + in(cluster, thing);
            case Act.Meddle(int cluster, Thing thing, boolean deletes) ->
                (deletes ? "somebody deletes" : "somebody points elsewhere") + " the ServiceAccount of "
                        + in(cluster, thing);
            case Act.Fail(boolean aws, Act.Fault fault, int calls) ->
                "the next " + (calls == 1 ? "call" : calls + " calls") + " to " + callee(aws) + fares(aws, fault);
            case Act.Outage(boolean aws, Duration time) -> "nobody reaches " + callee(aws) + " for " + seconds(time);
            case Act.Switch() -> "whoever works waits, and another goes on";
            case Act.Slow(Duration time) -> "the call that runs takes " + seconds(time);
            case Act.Freeze(int process, Duration time) -> world.process(process) + " is frozen for " + seconds(time);
            case Act.Kill(int process, Duration gap) ->
                world.process(process) + " is killed, and another starts " + seconds(Realm.RESTART.plus(gap))
                        + " later";
            case Act.Terminate(int process) ->
                world.process(process) + " is asked to end, and another starts in its place";
            case Act.Lag(int process, Duration resources, Duration accounts) ->
                world.process(process) + " hears of resources " + seconds(resources) + " late, and of ServiceAccounts "
                        + seconds(accounts);
        };
    }

    private static String byHand(Act.Deed deed) {
        return switch (deed) {
            case DETACH_ALL -> " detaches all policies from";
            case ATTACH_ADMIN -> " attaches AdministratorAccess to";
            case OPEN_TRUST -> " opens to everybody";
            case DELETE -> " deletes";
            case REPLACE -> " puts one of somebody else in the place of";
            case TAKE_TAGS -> " takes our tags off";
        };
    }

    private String callee(boolean aws) {
        return aws ? "AWS" : "the API server" + (world.realms().size() == 1 ? "" : "s");
    }

    private static String fares(boolean aws, Act.Fault fault) {
        return switch (fault) {
            case THROTTLED -> aws ? " will be refused as too many" : " will not arrive";
            case UNAVAILABLE -> aws ? " will get an error of AWS's own" : " will not arrive";
            case LOST_ANSWER -> " will take effect, and the answer will be lost";
            case BELATED -> " will get no answer, and take effect " + seconds(World.LONGEST_BELATED) + " later";
        };
    }

    private String in(int cluster, Thing thing, Wish wish) {
        return in(cluster, thing) + " (" + wish + ": " + new TreeSet<>(wish.policies()) + ")";
    }

    private String in(int cluster, Thing thing) {
        return thing.resource() + (world.realms().size() == 1 ? "" : " in " + world.realm(cluster));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1000.0);
    }
}
