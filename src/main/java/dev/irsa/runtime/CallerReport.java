package dev.irsa.runtime;

import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.metrics.OperatorMetrics;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the identity with which the operator calls AWS, in the log and as a metric. */
public record CallerReport(OperatorMetrics metrics) implements Consumer<CallerIdentity> {
    private static final Logger LOG = LoggerFactory.getLogger(CallerReport.class);

    @Override
    public void accept(CallerIdentity caller) {
        LOG.info("calling AWS as {}, session {}", caller.arn(), caller.session().isEmpty() ? "none" : caller.session());
        if (caller.isInstance()) {
            LOG.warn(
                    "the operator uses the role of its node, {} (instance {}); its ServiceAccount probably has no role;"
                            + " set the annotation eks.amazonaws.com/role-arn on the operator's ServiceAccount (aws.roleArn"
                            + " of the chart) or create an EKS Pod Identity association, then restart the operator's pods",
                    caller.arn(),
                    caller.session());
        }
        metrics.reportCaller(caller.arn());
    }
}
