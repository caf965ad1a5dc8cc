package dev.irsa.runtime;

import dev.irsa.port.AccountPorts;

/**
 * A connection to another AWS account.
 *
 * @param confirm throws a {@link dev.irsa.core.failure.FailureException} unless the credentials are of that account
 * @param ports what the operator reads and writes there
 * @param close ends the connection
 */
public record AccountConnection(Runnable confirm, AccountPorts ports, Runnable close) {}
