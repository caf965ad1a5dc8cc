package dev.irsa.kubectl.port;

/** Offers roles for adoption. */
@FunctionalInterface
public interface RoleOffers {
    /**
     * Sets the tag that offers a role.
     *
     * @param to the value of the tag, which names the resource
     * @throws dev.irsa.core.failure.FailureException if IAM rejects the call or is unavailable
     */
    void offer(String roleName, String to);
}
