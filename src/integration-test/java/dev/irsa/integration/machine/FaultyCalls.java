package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsCall;
import dev.irsa.fixtures.awsserver.AwsErrors;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply.Answer;
import dev.irsa.fixtures.awsserver.Reply.Cut;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Selects calls and sets a fault for them: {@code faults.on("iam:GetRole").ofRole("a").times(2).throttle()}.
 *
 * @param action service and action, {@code *} matches anything
 * @param role restricts the fault to calls about one role
 * @param unlessSignedBy restricts the fault to calls with another access key than this one
 * @param times the number of calls to affect
 */
public record FaultyCalls(
        Faults faults, String action, Optional<String> role, Optional<String> unlessSignedBy, int times) {
    /** Restricts the fault to calls about that role. */
    public FaultyCalls ofRole(String name) {
        return new FaultyCalls(faults, action, Optional.of(name), unlessSignedBy, times);
    }

    /** Restricts the fault to calls with another access key, such as those of an assumed role. */
    public FaultyCalls unlessSignedBy(String accessKey) {
        return new FaultyCalls(faults, action, role, Optional.of(accessKey), times);
    }

    /** Restricts the fault to the next calls. */
    public FaultyCalls times(int calls) {
        return new FaultyCalls(faults, action, role, unlessSignedBy, calls);
    }

    /** Answers Throttling. */
    public void throttle() {
        inject((request, onward) -> AwsErrors.throttling(request.call()));
    }

    /** Throttles calls above this rate and burst. */
    public TokenBucket limit(double perSecond, int burst) {
        var limit = new TokenBucket(perSecond, burst, System::nanoTime);
        inject(limit::on);
        return limit;
    }

    /** Answers AccessDenied: no policy allows the action. */
    public void deny() {
        inject((request, onward) -> AwsErrors.accessDenied(request.call(), AwsErrors.noPolicyAllows(request.call())));
    }

    /** Answers AccessDenied with this explanation of AWS: "with an explicit deny in a service control policy". */
    public void deny(String because) {
        inject((request, onward) -> AwsErrors.accessDenied(request.call(), because));
    }

    /** Answers this error. */
    public void fail(int status, String code, String message) {
        inject((request, onward) -> AwsErrors.error(request.call(), status, code, message));
    }

    /** Answers 200 with a body that is not valid. */
    public void answerInvalidBody() {
        answer("text/html", "<html>Welcome to the hotel's <b>wi-fi</html>");
    }

    /** Answers 200 with this body. The call does not reach AWS. */
    public void answer(String contentType, String body) {
        inject((request, onward) -> Answer.of(200, contentType, body));
    }

    /** Forwards the call and changes the body of the answer. */
    public void rewrite(UnaryOperator<String> body) {
        inject((request, onward) -> onward.answer(request) instanceof Answer answer
                ? new Answer(answer.status(), answer.headers(), body.apply(answer.body()))
                : new Cut());
    }

    /** Answers 503 without an error code, as a load balancer does. */
    public void unavailable() {
        inject((request, onward) -> Answer.of(503, "text/html", "Service Unavailable"));
    }

    /** Closes the connection before the call reaches AWS. */
    public void closeConnection() {
        inject((request, onward) -> new Cut());
    }

    /** Forwards the call and closes the connection before the answer. */
    public void loseAnswer() {
        inject((request, onward) -> {
            onward.answer(request);
            return new Cut();
        });
    }

    /** Delays the call. */
    public void delay(Duration latency) {
        inject((request, onward) -> {
            Thread.sleep(latency);
            return onward.answer(request);
        });
    }

    /** Holds the call until it is released. */
    public Hold hold() {
        var hold = new Hold();
        faults.addHold(hold);
        inject(hold);
        return hold;
    }

    private void inject(Fault fault) {
        var names = Pattern.compile(Pattern.quote(action).replace("*", "\\E.*\\Q"));
        var left = new AtomicInteger(times);
        faults.add((request, onward) -> matches(request, names) && left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0
                ? fault.on(request, onward)
                : onward.answer(request));
    }

    private boolean matches(AwsRequest request, Pattern names) {
        AwsCall call = request.call();
        return names.matcher(call.name()).matches()
                && unlessSignedBy.filter(request.accessKey()::equals).isEmpty()
                && role.map(name -> call.roleName().filter(name::equals).isPresent())
                        .orElse(true);
    }
}
