package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsErrors;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The active faults. They apply to a call in the order in which they were set, until one answers it. */
public final class Faults {
    private final List<Fault> active = new CopyOnWriteArrayList<>();
    private final List<Hold> holds = new CopyOnWriteArrayList<>();

    Faults() {}

    /** Selects the calls of an action, such as {@code iam:CreateRole}, {@code iam:*} or {@code *}. */
    public FaultyCalls on(String action) {
        return new FaultyCalls(this, action, Optional.empty(), Optional.empty(), Integer.MAX_VALUE);
    }

    /** Denies every call of an action. */
    public void deny(String action) {
        on(action).deny();
    }

    /** Throttles every call of an action. */
    public void throttle(String action) {
        on(action).throttle();
    }

    /**
     * Denies writes to roles that do not exist. Without a role, IAM cannot evaluate permissions that depend on path or
     * tags. moto answers NoSuchEntity instead.
     */
    public void denyWritesToAbsentRoles() {
        add((request, onward) -> {
            var call = request.call();
            var absent = call.writesToRole()
                    && onward.answer(request.getRole(call.roleName().orElseThrow())) instanceof Reply.Answer role
                    && role.status() == 404;
            return absent ? AwsErrors.accessDenied(call, AwsErrors.noPolicyAllows(call)) : onward.answer(request);
        });
    }

    /** Answers NoSuchEntity to the first calls on each role created from now on. */
    public void forgetFreshRoles(int calls) {
        add(new NewRoleDelay(calls, (request, onward) -> AwsErrors.noSuchRole(request.call())));
    }

    /** Denies the first calls on each role created from now on. */
    public void denyFreshRoles(int calls) {
        add(new NewRoleDelay(
                calls,
                (request, onward) -> AwsErrors.accessDenied(request.call(), AwsErrors.noPolicyAllows(request.call()))));
    }

    /** Removes all faults and releases held calls. */
    public void clear() {
        active.clear();
        holds.forEach(Hold::release);
        holds.clear();
    }

    void add(Fault fault) {
        active.add(fault);
    }

    void addHold(Hold hold) {
        holds.add(hold);
    }

    /** Sends a request to the backend through all faults. */
    Reply pass(AwsRequest request, Backend backend) throws IOException, InterruptedException {
        return pass(request, List.copyOf(active), backend);
    }

    private static Reply pass(AwsRequest request, List<Fault> faults, Backend backend)
            throws IOException, InterruptedException {
        return faults.isEmpty()
                ? backend.answer(request)
                : faults.getFirst().on(request, next -> pass(next, faults.subList(1, faults.size()), backend));
    }
}
