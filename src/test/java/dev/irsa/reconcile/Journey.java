package dev.irsa.reconcile;

import static dev.irsa.reconcile.Trial.NAME;
import static dev.irsa.reconcile.Trial.NS;
import static dev.irsa.reconcile.Trial.ROLE;
import static dev.irsa.reconcile.Trial.USUAL;

import dev.irsa.fake.CrashGate.Killed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * From one world at rest to another.
 *
 * @param name for people
 * @param before makes the first world
 * @param act what a user does
 * @param takes how long it may be before the operator has to notice by itself
 */
record Journey(String name, Consumer<Trial> before, Consumer<Trial> act, Duration takes) {
    static final String WHOLE = USUAL + """
            role:
              description: old
              permissionsBoundaryArn: arn:aws:iam::111122223333:policy/old
              tags: {team: payments, stage: test}
            token: {expirationSeconds: 3600}
            """;

    @Override
    public String toString() {
        return name;
    }

    /** The world before the act, at rest and among strangers. */
    Trial begin() {
        Trial trial = new Trial();
        trial.operator.iam().console().create("foreign", "/irsa/prod/", "{}");
        trial.operator
                .hands()
                .annotate(NS, "foreign", "kubectl", Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/x"));
        trial.operator.hands().apply(NS, "neighbour", USUAL);
        before.accept(trial);
        trial.operator.settle();
        trial.forgetCalls();
        return trial;
    }

    /** The calls that it makes, disturbed so. */
    int calls(Consumer<Trial> disturb) {
        Trial trial = begin();
        act.accept(trial);
        disturb.accept(trial);
        rest(trial);
        return trial.operator.gate().calls().size();
    }

    /**
     * Goes all the way, and starts a new operator whenever one was killed. The invariants are looked after at every
     * call.
     *
     * @param disturb what comes in between, once it has begun
     * @param disturbAgain what comes in between once it was killed
     */
    Trial end(Consumer<Trial> disturb, Consumer<Trial> disturbAgain) {
        Trial trial = begin();
        Vigil.over(trial.operator);
        act.accept(trial);
        disturb.accept(trial);
        Consumer<Trial> next = disturbAgain;
        while (true) {
            try {
                rest(trial);
                return trial;
            } catch (Killed e) {
                trial.operator.restart();
                next.accept(trial);
                next = _ -> {};
            }
        }
    }

    /** Lets everything happen that is to happen. */
    void rest(Trial trial) {
        if (takes.isPositive()) {
            trial.operator.run(takes);
        }
        trial.operator.settle();
    }

    /** The same, where the operator has to notice by itself. */
    Journey noticedWithin(Duration time) {
        return new Journey(name, before, act, time);
    }

    static List<Journey> all() {
        List<Journey> all = new ArrayList<>();
        all.add(of("create", trial -> {}, trial -> trial.apply(WHOLE)));
        all.add(of(
                "create for a ServiceAccount that is there",
                trial -> trial.operator.hands().annotate(NS, NAME, "helm", Map.of("chart", "x")),
                trial -> trial.apply(WHOLE)));
        all.addAll(updates());
        all.addAll(deletions());
        all.addAll(returns());
        all.addAll(Handovers.journeys());
        all.addAll(EntitledJourneys.all());
        all.addAll(UnaskedJourneys.all());
        all.addAll(ProviderJourneys.all());
        return all;
    }

    static List<Journey> updates() {
        return List.of(
                update(
                        "description and session",
                        "description: old",
                        "description: new\n  maxSessionDurationSeconds: 7200"),
                update("boundary", "policy/old", "policy/new"),
                update("trust", "token: {", "token: {audience: other, "),
                update("tag added", "stage: test}", "stage: test, cost: a}"),
                update("tag changed", "stage: test", "stage: live"),
                update("tag removed", ", stage: test", ""),
                update("managed policy added", "[AmazonS3ReadOnlyAccess]", "[AmazonS3ReadOnlyAccess, Other]"),
                update("managed policy removed", "[AmazonS3ReadOnlyAccess]", "[]"),
                update("managed policy replaced", "[AmazonS3ReadOnlyAccess]", "[Other]"),
                update("inline policy changed", "s3:GetObject", "s3:PutObject"),
                update("inline policy replaced", "name: read", "name: other"),
                update("annotation removed", "token: {expirationSeconds: 3600}", "token: {stsRegionalEndpoints: true}"),
                of("everything changed", trial -> trial.apply(WHOLE), trial -> trial.apply("""
                        policies: {managed: [Other, AmazonSQSFullAccess]}
                        role:
                          maxSessionDurationSeconds: 7200
                          permissionsBoundaryArn: arn:aws:iam::111122223333:policy/new
                          tags: {team: else, cost: a}
                        token: {audience: other}
                        """)));
    }

    static List<Journey> deletions() {
        return List.of(
                of("delete", trial -> trial.apply(WHOLE), Trial::delete),
                of(
                        "delete and leave a ServiceAccount that was there",
                        trial -> {
                            trial.operator.hands().annotate(NS, NAME, "helm", Map.of("chart", "x"));
                            trial.apply(WHOLE);
                        },
                        Trial::delete),
                of("delete and retain", trial -> trial.apply(WHOLE + "deletionPolicy: Retain"), Trial::delete),
                of("delete with a policy of somebody else attached", trial -> trial.apply(WHOLE), trial -> {
                    trial.operator.iam().console().edit(ROLE, role -> role.withAttached(Trial.SQS));
                    trial.delete();
                }),
                of("delete a role that has gone already", trial -> trial.apply(WHOLE), trial -> {
                    trial.operator.iam().console().delete(ROLE);
                    trial.delete();
                }),
                of("delete after a policy was detached by hand", trial -> trial.apply(WHOLE), trial -> {
                    trial.operator
                            .iam()
                            .console()
                            .edit(ROLE, role -> role.withoutAttached(Trial.S3).withoutInline("read"));
                    trial.delete();
                }),
                of(
                        "delete and hand the ServiceAccount over",
                        trial -> {
                            trial.apply(WHOLE);
                            trial.operator.settle();
                            trial.operator.hands().apply(NS, "second", USUAL + "serviceAccount: {name: invoices}");
                        },
                        Trial::delete));
    }

    static List<Journey> returns() {
        return List.of(
                of("made anew as soon as it has gone", trial -> trial.apply(WHOLE), trial -> {
                    trial.delete();
                    trial.whenGone(() -> trial.apply(USUAL));
                }),
                of("made anew for another ServiceAccount", trial -> trial.apply(WHOLE), trial -> {
                    trial.delete();
                    trial.whenGone(() -> trial.apply(WHOLE + "serviceAccount: {name: other}"));
                }),
                of(
                        "made anew after it went without its finalizer",
                        trial -> {
                            trial.apply(WHOLE);
                            trial.operator.settle();
                            trial.operator.hands().lose(NS, NAME);
                        },
                        trial -> trial.apply(WHOLE.replace("stage: test", "stage: live"))));
    }

    private static Journey update(String name, String from, String to) {
        return of(name, trial -> trial.apply(WHOLE), trial -> {
            if (!WHOLE.contains(from)) {
                throw new IllegalArgumentException(from);
            }
            trial.apply(WHOLE.replace(from, to));
        });
    }

    static Journey of(String name, Consumer<Trial> before, Consumer<Trial> act) {
        return new Journey(name, before, act, Duration.ZERO);
    }
}
