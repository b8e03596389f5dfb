package com.example.vendor;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.datagram4j.ErrorKind;
import org.datagram4j.Profile;
import org.datagram4j.UdpBackend;
import org.datagram4j.UdpException;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A vendor's backend that can nothing, with the faults that properties ask for. */
public final class OddActivator implements BundleActivator {
    /** For the framework. */
    public OddActivator() {}

    @Override
    public void start(BundleContext context) {
        String name = context.getBundle().getSymbolicName();
        if (context.getProperty(name + ".fails") != null) {
            throw new IllegalStateException("no licence found");
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("datagram4j.backend", context.getProperty(name + ".name"));
        properties.put("datagram4j.profile", "UNIX");
        properties.put("datagram4j.capabilities", new String[0]);
        String ranking = context.getProperty(name + ".ranking");
        properties.put("service.ranking", ranking.matches("\\d+") ? (Object) Integer.valueOf(ranking) : ranking);
        context.registerService(UdpBackend.class, backend(name, hangs(context)), properties);
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        if (hangs(context)) {
            System.getProperties().put("com.example.vendor.hangs", Thread.currentThread());
            new CountDownLatch(1).await();
        }
    }

    private static boolean hangs(BundleContext context) {
        return context.getProperty(context.getBundle().getSymbolicName() + ".hangs") != null;
    }

    // One that will hang is not to be suspected before: it blames the machine.
    private static UdpBackend backend(String name, boolean blamesTheMachine) {
        Class<?>[] types = {UdpBackend.class};
        return (UdpBackend) Proxy.newProxyInstance(
                OddActivator.class.getClassLoader(), types, (proxy, method, args) -> switch (method.getName()) {
                    case "name" -> name;
                    case "ranking" -> 0;
                    case "profile" -> Profile.UNIX;
                    case "capabilities" -> Set.of();
                    case "toString" -> "backend of " + name;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == args[0];
                    default ->
                        throw blamesTheMachine
                                ? new UdpException(ErrorKind.NO_BUFFER_SPACE, "the machine is short of memory")
                                : new IllegalStateException("the device is not plugged in");
                });
    }
}
