package dev.irsa.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a write makes of an object, before the server has had its say.
 *
 * @param object without regard to managedFields
 * @param owners who owns what then
 */
record Written(ObjectNode object, ManagedFields owners) {}
