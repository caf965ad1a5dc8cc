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
 * Gives tests a {@link ControlPlane}, {@link Moto}, {@link FaultProxy} or {@link Kubectl}. Each is started when a test
 * first asks for it, shared by all tests of the JVM, and ended after the last. Calls and faults of the proxy are
 * forgotten before each test, and before what a class does first; what tests leave in Kubernetes and moto stays, so
 * they use namespaces of their own.
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
        // First, so that it is closed after the proxy: a store closes what came last first.
        var backend = moto(context).endpoint();
        return shared(context, FaultProxy.class, type -> {
            try {
                return FaultProxy.before(backend);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start the proxy", e);
            }
        });
    }

    /** The root's store closes what is {@link AutoCloseable} when the last test has run. */
    private static <T extends AutoCloseable> T shared(
            ExtensionContext context, Class<T> type, Function<Class<T>, T> start) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(type, start, type);
    }
}
