package org.datagram4j.launcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Which part may use which: everything uses the api, the api nothing but Java, and nobody an implementation, so that a
 * backend can be exchanged.
 */
@AnalyzeClasses(packages = "org.datagram4j", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] API = {"org.datagram4j", "org.datagram4j.spi"};
    private static final String[] CONFORMANCE = {"org.datagram4j.conformance.."};
    private static final String[] NIO = {"org.datagram4j.nio.."};
    private static final String[] SYS = {"org.datagram4j.sys.."};

    /** Its annotations are kept in the class files for tools, and needed by nobody at run time. */
    private static final String OSGI_ANNOTATIONS = "org.osgi.annotation..";

    @ArchTest
    static final ArchRule theApiUsesOnlyJava = classes()
            .that()
            .resideInAnyPackage(API)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(API)
                    .or(resideInAnyPackage(
                            "java.lang..", "java.io..", "java.net..", "java.nio..", "java.time..", "java.util.."))
                    .or(resideInAnyPackage(OSGI_ANNOTATIONS)));

    @ArchTest
    static final ArchRule nobodyUsesAnImplementation = noClasses()
            .that()
            .resideOutsideOfPackages(NIO)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NIO);

    @ArchTest
    static final ArchRule nobodyUsesTheNativeImplementation = noClasses()
            .that()
            .resideOutsideOfPackages(SYS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SYS);

    @ArchTest
    static final ArchRule anImplementationUsesOnlyTheApi = classes()
            .that()
            .resideInAnyPackage(NIO)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(API).or(resideInAnyPackage(NIO)).or(resideInAnyPackage("java..", "org.osgi..")));

    @ArchTest
    static final ArchRule theNativeImplementationUsesOnlyTheApiAndJna = classes()
            .that()
            .resideInAnyPackage(SYS)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(API)
                    .or(resideInAnyPackage(SYS))
                    .or(resideInAnyPackage("java..", "com.sun.jna", "org.osgi..")));

    /** A system knows the contract and its linkage; the shared part knows no system. */
    @ArchTest
    static final ArchRule onlyOneClassKnowsWhichSystemsThereAre = noClasses()
            .that()
            .resideOutsideOfPackages("org.datagram4j.sys.linux", "org.datagram4j.sys.windows")
            .and()
            .doNotHaveSimpleName("Systems")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.datagram4j.sys.linux", "org.datagram4j.sys.windows");

    @ArchTest
    static final ArchRule systemsDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage("org.datagram4j.sys.windows")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.datagram4j.sys.linux");

    @ArchTest
    static final ArchRule theKitUsesOnlyTheApi = classes()
            .that()
            .resideInAnyPackage(CONFORMANCE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(API)
                    .or(resideInAnyPackage(CONFORMANCE))
                    .or(resideInAnyPackage(
                            "java..",
                            "javax.xml.stream..",
                            "com.sun.management..",
                            "com.google.gson..",
                            "com.samskivert.mustache..",
                            "org.junit..",
                            "org.opentest4j..",
                            "org.osgi..")));

    /** The api's two packages are left out: the contract and what its implementers share refer to each other. */
    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return resideInAnyPackage(API).test(type)
                            ? SliceIdentifier.ignore()
                            : SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "packages other than the api's";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule theEchoServerIsAnExampleOfTheApi = classes()
            .that()
            .haveSimpleName("EchoServer")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.datagram4j")
                    .or(JavaClass.Predicates.simpleNameStartingWith("Echo")));
}
