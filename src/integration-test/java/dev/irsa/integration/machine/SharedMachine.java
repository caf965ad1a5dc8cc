package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects a {@link ControlPlane}, {@link Moto}, {@link FaultProxy} or {@link Kubectl} into tests. Each is started on
 * first use, shared by all tests of the JVM, and stopped after the last one. Calls and faults of the proxy are cleared
 * before each class and each test. Objects in Kubernetes and moto stay, so each test uses its own namespace.
 */
public final class SharedMachine implements ParameterResolver, BeforeAllCallback, BeforeEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedMachine.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        clear(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        clear(context);
    }

    private static void clear(ExtensionContext context) {
        var proxy = context.getRoot().getStore(NAMESPACE).get(FaultProxy.class, FaultProxy.class);
        if (proxy != null) {
            proxy.clear();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == ControlPlane.class || type == Moto.class || type == FaultProxy.class || type == Kubectl.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        if (type == Kubectl.class) {
            return new Kubectl(controlPlane(context).kubeconfig());
        }
        return type == ControlPlane.class ? controlPlane(context) : type == Moto.class ? moto(context) : proxy(context);
    }

    private static ControlPlane controlPlane(ExtensionContext context) {
        return shared(context, ControlPlane.class, type -> ControlPlane.start());
    }

    private static Moto moto(ExtensionContext context) {
        return shared(context, Moto.class, type -> Moto.start());
    }

    private static FaultProxy proxy(ExtensionContext context) {
        // Start moto first. The store closes in reverse order, so the proxy is closed before moto.
        var backend = moto(context).endpoint();
        return shared(context, FaultProxy.class, type -> {
            try {
                return FaultProxy.before(backend);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start the proxy", e);
            }
        });
    }

    /** Starts or returns a shared instance. The root store closes it after the last test. */
    private static <T extends AutoCloseable> T shared(
            ExtensionContext context, Class<T> type, Function<Class<T>, T> start) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(type, start, type);
    }
}
