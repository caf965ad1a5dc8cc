package dev.irsa.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** An IAM role for one ServiceAccount: the role's trust policy admits exactly that ServiceAccount of this cluster. */
@Group(IamServiceAccount.GROUP)
@Version(IamServiceAccount.VERSION)
@ShortNames("iamsa")
public final class IamServiceAccount extends CustomResource<IamServiceAccountSpec, IamServiceAccountStatus>
        implements Namespaced {
    /** The API group of all resources here. */
    public static final String GROUP = "irsa.dev";

    /** The one version there is. */
    public static final String VERSION = "v1alpha1";

    /** Held from before the role is made until it is proven gone. */
    public static final String FINALIZER = "irsa.dev/role";
}
