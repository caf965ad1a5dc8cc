package dev.irsa.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.Associations;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.OidcProviderReads;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.RoleReads;
import dev.irsa.port.Roles;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/** An access that changes the cluster or AWS, also one as a method reference. */
final class ChangingCall extends DescribedPredicate<JavaAccess<?>> {
    private static final String FABRIC8 = "io.fabric8.kubernetes.client";

    private static final Pattern WRITES =
            Pattern.compile("(create|replace|update|patch|edit|delete|accept|serverSideApply|scale"
                    + "|evict|upload|exec|attach|run|rolling|tokenRequest|approve|deny|unlock).*");

    /** Ports that can write, each with the interface that only reads. */
    private static final Map<Class<?>, Class<?>> PORTS = Map.of(
            Roles.class, RoleReads.class,
            Associations.class, AssociationReads.class,
            OidcProviders.class, OidcProviderReads.class,
            Cluster.class, ClusterReads.class);

    ChangingCall() {
        super("it changes the cluster or AWS");
    }

    @Override
    public boolean test(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean writesToKubernetes = owner.getPackageName().startsWith(FABRIC8)
                && (WRITES.matcher(name).matches() || isRequestWithMethod(access));
        return writesToKubernetes || PORTS.entrySet().stream().anyMatch(port -> isWrite(port, owner, name));
    }

    /** Without a method, {@code raw} reads. */
    private static boolean isRequestWithMethod(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getName().equals("raw")
                && target.getRawParameterTypes().size() > 1;
    }

    private static boolean isWrite(Map.Entry<Class<?>, Class<?>> port, JavaClass owner, String name) {
        return owner.isAssignableTo(port.getKey())
                && isDeclared(port.getKey(), name)
                && !isDeclared(port.getValue(), name);
    }

    private static boolean isDeclared(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals(name));
    }

    /** Returns the classes that make such a call themselves. */
    DescribedPredicate<JavaClass> makers() {
        return new DescribedPredicate<>("change the cluster or AWS") {
            @Override
            public boolean test(JavaClass type) {
                return type.getAccessesFromSelf().stream().anyMatch(ChangingCall.this);
            }
        };
    }
}
