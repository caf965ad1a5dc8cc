package dev.irsa.simulation;

import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.fake.Refusal;
import dev.irsa.fake.Stored;
import dev.irsa.port.Gate;
import dev.irsa.port.ResourceRef;
import dev.irsa.simulation.Act.Fault;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The way of one process to the outside: at each end of a call anything may happen, and the call may fail. */
final class Passage implements Gate {
    private final World world;
    private final Life life;
    private final Realm realm;
    private Stored effect;

    Passage(World world, Life life, Realm realm) {
        this.world = world;
        this.life = life;
        this.realm = realm;
        this.effect = realm.hands().stored();
    }

    @Override
    public <T> T pass(OutsideCall call, Supplier<T> work) {
        world.point();
        Optional<Fault> fault = world.weather().on(call);
        T answer = fault.isEmpty() ? effect(call, work, "") : fare(call, work, fault.get());
        Stored now = effect;
        world.point();
        // Others may have written meanwhile: what the caller knows is what his answer told him.
        effect = now;
        return answer;
    }

    private <T> T fare(OutsideCall call, Supplier<T> work, Fault fault) {
        boolean aws = Realm.isAws(call);
        return switch (fault) {
            case THROTTLED, UNAVAILABLE -> {
                if (!aws) {
                    world.took(life, call, " (not taken)");
                    throw noAnswer(false);
                }
                fail(call, fault);
                yield effect(call, work, fault == Fault.THROTTLED ? " (throttled)" : " (unavailable)");
            }
            case LOST_ANSWER -> {
                if (aws) {
                    fail(call, fault);
                    yield effect(call, work, " (answer lost)");
                }
                T _ = effect(call, work, " (answer lost)");
                throw noAnswer(false);
            }
            case BELATED -> {
                world.tasks().at(belated(), () -> late(call, work));
                world.took(life, call, " (no answer yet)");
                throw noAnswer(aws);
            }
        };
    }

    private Instant belated() {
        return world.clock().instant().plus(World.LONGEST_BELATED);
    }

    private void late(OutsideCall call, Supplier<?> work) {
        String how = "";
        try {
            Object _ = work.get();
        } catch (FailureException e) {
            // The caller does not hear of it.
            how = " -> " + told(e.failure());
        }
        world.tookLate(life, call, how);
    }

    private void fail(OutsideCall call, Fault fault) {
        String action = call.action().substring("iam:".length());
        switch (fault) {
            case THROTTLED -> world.iam().faults().failNth(action, 1, Refusal.throttling());
            case UNAVAILABLE -> world.iam().faults().failNth(action, 1, Refusal.serviceFailure());
            default -> world.iam().faults().loseAnswerOfNth(action, 1);
        }
    }

    private <T> T effect(OutsideCall call, Supplier<T> work, String how) {
        try {
            T answer = work.get();
            effect = realm.hands().stored();
            world.took(life, call, how);
            return answer;
        } catch (FailureException e) {
            world.took(life, call, how.isEmpty() ? " -> " + told(e.failure()) : how);
            throw e;
        }
    }

    private static String told(Failure failure) {
        return switch (failure) {
            case Failure.Passing(Reason reason, String _) -> reason.toString();
            case Failure.Refused(Reason reason, String _, String _) -> reason.toString();
            default -> failure.getClass().getSimpleName();
        };
    }

    private static FailureException noAnswer(boolean aws) {
        return new FailureException(
                new Failure.Passing(aws ? Reason.AwsUnavailable : Reason.KubernetesUnavailable, "no answer"));
    }

    /** What was stored right after the last write of the fiber that asks. */
    Stored effect() {
        return effect;
    }

    /** Writes a status through that gate, which ends here; answers what was stored right after. */
    Stored writeStatus(Gate gate, ResourceRef ref, IamServiceAccountStatus status) {
        gate.pass(
                new OutsideCall("patch iamserviceaccounts/status", ref.name()),
                () -> realm.cluster().writeStatus(ref, status));
        return effect;
    }
}
