package dev.irsa.runtime;

import dev.irsa.controller.InFlightWork;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.AccountPorts;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.Roles;
import dev.irsa.port.RolesDecorator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tracks the AWS writes of the background loops. When the operator stops, a read may be interrupted, but a write may not.
 * Writes in flight complete within the grace period of the process, and no new write begins.
 */
record TrackedWrites(InFlightWork running) {
    /** Returns these ports, with tracked writes of roles and providers. */
    AccountPorts of(AccountPorts ports) {
        return new AccountPorts(
                of(ports.roles()), ports.associations(), ports.listing(), of(ports.providers()), ports.policies());
    }

    Roles of(Roles roles) {
        return new RolesDecorator(roles) {
            @Override
            protected <T> T write(RoleChange change, Supplier<T> call) {
                return tracked(call);
            }
        };
    }

    OidcProviders of(OidcProviders providers) {
        return new OidcProviders() {
            @Override
            public String create(String issuer, Set<String> audiences, Map<String, String> tags) {
                return tracked(() -> providers.create(issuer, audiences, tags));
            }

            @Override
            public void addAudience(String arn, String audience) {
                String _ = tracked(() -> {
                    providers.addAudience(arn, audience);
                    return audience;
                });
            }

            @Override
            public Optional<Set<String>> audiences(String arn) {
                return providers.audiences(arn);
            }

            @Override
            public List<String> arns() {
                return providers.arns();
            }
        };
    }

    private <T> T tracked(Supplier<T> write) {
        if (!running.tryBegin()) {
            throw new FailureException(new Failure.Passing(Reason.Reconciling, "the operator is stopping"));
        }
        try {
            return write.get();
        } finally {
            running.end();
        }
    }
}
