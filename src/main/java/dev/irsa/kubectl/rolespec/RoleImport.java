package dev.irsa.kubectl.rolespec;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import java.util.List;

/** The import of a role that another tool created: a resource that equals it, or a refusal. */
public sealed interface RoleImport {
    /**
     * The role can be adopted by this resource, or created if only a file of another tool declares it.
     *
     * @param spec suspended, and equal to the role as far as a spec can be
     * @param notes what of the role or the declaration the spec cannot express, each a sentence
     */
    record Importable(IamServiceAccountSpec spec, List<String> notes) implements RoleImport {
        public Importable {
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
