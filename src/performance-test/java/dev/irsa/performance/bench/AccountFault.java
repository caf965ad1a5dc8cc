package dev.irsa.performance.bench;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.FaultyCalls;
import java.time.Duration;

/** What is wrong with another AWS account, while the account of the operator is well. */
enum AccountFault {
    ABSENT("no other account"),
    DOWN("its calls get no response"),
    REFUSED("STS refuses its role"),
    SLOW("each of its calls takes 10 s"),
    THROTTLED("it accepts one call a second");

    private final String description;

    AccountFault(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    void inject(FaultProxy proxy) {
        FaultyCalls others = proxy.faults().on("*").unlessSignedBy(OperatorLaunch.ACCESS_KEY);
        switch (this) {
            case ABSENT -> {}
            case DOWN -> others.closeConnection();
            case REFUSED -> proxy.faults().on("sts:AssumeRole").deny();
            case SLOW -> others.delay(Duration.ofSeconds(10));
            case THROTTLED -> others.limit(1, 1);
        }
    }
}
