package org.datagram4j.sys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpBackends;
import org.datagram4j.UdpSocket;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** How the backend is found: in a framework by its activator, elsewhere by the service loader. */
class ActivatorTest {
    private String forced;
    private ServiceFactory<UdpBackend> factory;
    private Dictionary<String, ?> properties;

    /** A framework of two methods. */
    private final BundleContext context = fake(BundleContext.class, (proxy, method, arguments) -> {
        switch (method.getName()) {
            case "getProperty":
                return UdpBackend.NAME_PROPERTY.equals(arguments[0]) ? forced : null;
            case "registerService":
                assertEquals(UdpBackend.class, arguments[0]);
                factory = cast(arguments[1]);
                properties = cast(arguments[2]);
                return fake(ServiceRegistration.class, (registration, called, none) -> {
                    assertEquals("unregister", called.getName());
                    factory = null;
                    return null;
                });
            default:
                throw new UnsupportedOperationException(method.getName());
        }
    });

    @Test
    void offersABackendToEachBundle() throws Exception {
        Activator activator = new Activator();
        activator.start(context);
        assertEquals("native", properties.get("datagram4j.backend"));
        assertEquals(100, properties.get("service.ranking"));
        UdpBackend one = factory.getService(null, null);
        UdpBackend two = factory.getService(null, null);
        assertNotSame(one, two);
        assertArrayEquals(one.capabilities().stream().map(Enum::name).toArray(), (Object[])
                properties.get("datagram4j.capabilities"));
        assertEquals(one.profile().name(), properties.get("datagram4j.profile"));
        UdpSocket ofOne = one.bind(Lab.any());
        UdpSocket ofTwo = two.bind(Lab.any());
        factory.ungetService(null, null, one);
        assertFalse(ofOne.isOpen(), "its user let the service go");
        assertTrue(ofTwo.isOpen());
        activator.stop(context);
        assertFalse(ofTwo.isOpen(), "the backend stopped");
        assertNull(factory);
    }

    @Test
    void staysAwayWhenAnotherIsForced() {
        forced = "nio";
        Activator activator = new Activator();
        activator.start(context);
        assertNull(factory);
        activator.stop(context);
        forced = "native";
        activator.start(context);
        assertEquals("native", factory.getService(null, null).name());
        activator.stop(context);
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertEquals("native", UdpBackends.select("native").name());
        assertEquals(NativeBackend.class, UdpBackends.select("native").getClass());
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
