package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.awsserver.AwsErrors;
import dev.irsa.fixtures.awsserver.Reply.Answer;
import dev.irsa.fixtures.awsserver.Reply.Cut;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Names calls, then says what befalls them: {@code faults.on("iam:GetRole").ofRole("a").times(2).throttle()}.
 *
 * @param action service and action, {@code *} stands for anything
 * @param role limits it to calls about one role
 * @param times how many calls are hit, from now on
 */
public record FaultyCalls(Faults faults, String action, Optional<String> role, int times) {
    /** Only calls about that role. */
    public FaultyCalls ofRole(String name) {
        return new FaultyCalls(faults, action, Optional.of(name), times);
    }

    /** Only the next few calls. */
    public FaultyCalls times(int calls) {
        return new FaultyCalls(faults, action, role, calls);
    }

    /** Too many requests. */
    public void throttle() {
        meet((request, onward) -> AwsErrors.throttling(request.call()));
    }

    /** Too many requests, for what is above so many calls a second and a burst. */
    public TokenBucket limit(double perSecond, int burst) {
        var limit = new TokenBucket(perSecond, burst, System::nanoTime);
        meet(limit::on);
        return limit;
    }

    /** AccessDenied: no policy allows it. */
    public void deny() {
        meet((request, onward) -> AwsErrors.accessDenied(request.call(), AwsErrors.noPolicyAllows(request.call())));
    }

    /** AccessDenied, with AWS's words for why: "with an explicit deny in a service control policy". */
    public void deny(String because) {
        meet((request, onward) -> AwsErrors.accessDenied(request.call(), because));
    }

    /** An error of the service's own. */
    public void fail(int status, String code, String message) {
        meet((request, onward) -> AwsErrors.error(request.call(), status, code, message));
    }

    /** Success, with a body that is no answer. */
    public void nonsense() {
        answer("text/html", "<html>Welcome to the hotel's <b>wi-fi</html>");
    }

    /** Success, with this body; AWS does not see the call. */
    public void answer(String contentType, String body) {
        meet((request, onward) -> Answer.of(200, contentType, body));
    }

    /** AWS does it, and its answer arrives as something else. */
    public void rewrite(UnaryOperator<String> body) {
        meet((request, onward) -> onward.answer(request) instanceof Answer answer
                ? new Answer(answer.status(), answer.headers(), body.apply(answer.body()))
                : new Cut());
    }

    /** 503 without an error code, as a load balancer says it. */
    public void unavailable() {
        meet((request, onward) -> Answer.of(503, "text/html", "Service Unavailable"));
    }

    /** The connection ends before AWS has seen the call. */
    public void cut() {
        meet((request, onward) -> new Cut());
    }

    /** AWS does it, but the connection ends before the answer. */
    public void loseAnswer() {
        meet((request, onward) -> {
            onward.answer(request);
            return new Cut();
        });
    }

    /** The call takes longer. */
    public void delay(Duration latency) {
        meet((request, onward) -> {
            Thread.sleep(latency);
            return onward.answer(request);
        });
    }

    /** The call waits until released. */
    public Hold hold() {
        var hold = new Hold();
        faults.remember(hold);
        meet(hold);
        return hold;
    }

    private void meet(Fault fault) {
        var names = Pattern.compile(Pattern.quote(action).replace("*", "\\E.*\\Q"));
        var left = new AtomicInteger(times);
        faults.add((request, onward) -> matches(request.call(), names) && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0
                ? fault.on(request, onward)
                : onward.answer(request));
    }

    private boolean matches(AwsCall call, Pattern names) {
        return names.matcher(call.name()).matches()
                && role.map(name -> call.roleName().filter(name::equals).isPresent())
                        .orElse(true);
    }
}
