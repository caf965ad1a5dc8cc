package dev.irsa.kubectl.rolespec;

import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import java.util.List;

/** The import of a role that another tool created: a resource that equals it, or a refusal. */
public sealed interface RoleImport {
    /**
     * The role can be adopted by this resource.
     *
     * @param spec suspended, and equal to the role as far as a spec can be
     * @param notes what the spec cannot express and what therefore stays on the role, each a sentence
     */
    record Importable(IamServiceAccountSpec spec, List<String> notes) implements RoleImport {
        public Importable {
            notes = List.copyOf(notes);
        }
    }

    /**
     * There is no role yet. This resource makes the operator create the one that a file of another tool declares.
     *
     * @param notes what of the declaration the spec does not express, each a sentence
     */
    record Declared(IamServiceAccountSpec spec, List<String> notes) implements RoleImport {
        public Declared {
            notes = List.copyOf(notes);
        }
    }

    /**
     * An adoption would harm other users of the role, or change what it allows.
     *
     * @param why a sentence without its period
     * @param instead what to do instead
     */
    record Refused(String why, String instead) implements RoleImport {}
}
