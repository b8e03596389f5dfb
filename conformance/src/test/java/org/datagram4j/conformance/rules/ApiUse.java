package org.datagram4j.conformance.rules;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datagram4j.UdpBackend;
import org.datagram4j.conformance.run.Rule;

/**
 * Which methods the test of each rule may call, as the class files have it: those that its own code calls, and those that
 * the code of the kit does which it uses.
 */
final class ApiUse {
    private static final String API = UdpBackend.class.getPackageName();
    private static final String KIT = API + ".conformance";

    private final JavaClasses classes;
    private final Map<String, Set<String>> calls = new LinkedHashMap<>();

    ApiUse() {
        classes = new ClassFileImporter().importUrls(Set.of(where(UdpBackend.class), where(Rule.class)));
        classes.stream()
                .filter(type -> type.getPackageName().equals(KIT + ".rules"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Rule.class))
                .forEach(method ->
                        calls.put(method.getAnnotationOfType(Rule.class).value(), reached(method)));
    }

    private static URL where(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** What the test of a rule may call, with parameters, such as {@code UdpSocket.recv(ByteBuffer)}. */
    Set<String> of(String rule) {
        return calls.getOrDefault(rule, Set.of());
    }

    /** What the tests of all rules together may call. */
    Set<String> all() {
        return calls.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The api's public methods and constructors, with parameters. */
    Set<String> offered() {
        return classes.stream()
                .filter(type -> type.getPackageName().equals(API))
                .filter(ApiUse::isPublic)
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !unit.getModifiers().contains(JavaModifier.BRIDGE))
                .map(unit -> name(unit.getOwner(), unit.getName(), parameters(unit)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ApiUse::isPublic).orElse(true);
    }

    private Set<String> reached(JavaCodeUnit start) {
        Set<String> found = new TreeSet<>();
        Set<JavaCodeUnit> seen = new LinkedHashSet<>();
        Deque<JavaCodeUnit> next = new ArrayDeque<>(Set.of(start));
        while (!next.isEmpty()) {
            JavaCodeUnit unit = next.remove();
            if (seen.add(unit)) {
                targets(unit).forEach(target -> {
                    if (target.getOwner().getPackageName().startsWith(KIT)) {
                        next.addAll(bodies(target));
                    } else {
                        found.addAll(names(target));
                    }
                });
            }
        }
        return found;
    }

    private static Stream<CodeUnitAccessTarget> targets(JavaCodeUnit unit) {
        return Stream.concat(
                unit.getCallsFromSelf().stream().map(call -> (CodeUnitAccessTarget) call.getTarget()),
                unit.getCodeUnitReferencesFromSelf().stream().map(call -> (CodeUnitAccessTarget) call.getTarget()));
    }

    // What a method of the kit is, in the class itself or in those below it. Whoever makes an object of a class that a
    // rule brings along hands it to somebody, who calls all of it.
    private static Set<JavaCodeUnit> bodies(CodeUnitAccessTarget target) {
        Set<JavaCodeUnit> bodies = new LinkedHashSet<>();
        target.resolveMember().ifPresent(bodies::add);
        target.getOwner().getAllSubclasses().stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().equals(target.getName())
                        && method.getRawParameterTypes().equals(target.getRawParameterTypes()))
                .forEach(bodies::add);
        if (target.getName().equals("<init>")
                && target.getOwner().getPackageName().equals(KIT + ".rules")) {
            bodies.addAll(target.getOwner().getMethods());
        }
        return bodies;
    }

    // By the type it was called on, and by the type that has it.
    private static Set<String> names(CodeUnitAccessTarget target) {
        Set<String> names = new TreeSet<>();
        String parameters = parameters(target.getRawParameterTypes().stream());
        names.add(name(target.getOwner(), target.getName(), parameters));
        target.resolveMember().ifPresent(unit -> names.add(name(unit.getOwner(), unit.getName(), parameters)));
        return names;
    }

    private static String name(JavaClass owner, String method, String parameters) {
        String type =
                owner.getName().substring(owner.getPackageName().length() + 1).replace('$', '.');
        return (method.equals("<init>") ? "new " + type : type + "." + method) + parameters;
    }

    private static String parameters(JavaCodeUnit unit) {
        return parameters(unit.getRawParameterTypes().stream());
    }

    private static String parameters(Stream<JavaClass> types) {
        return types.map(JavaClass::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
    }
}
