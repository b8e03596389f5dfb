package org.datagram4j.usage;

/** The pom of a project outside of this build. What Maven would choose by itself is in the versions that this build has. */
final class OutsidePom {
    private OutsidePom() {}

    /**
     * A pom.
     *
     * @param artifact the project's name
     * @param dependencies its elements {@code dependency}
     * @param surefire the element {@code plugin} for Surefire
     */
    static String of(String artifact, String dependencies, String surefire) {
        return """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>%s</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
            %s
              </dependencies>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-resources-plugin</artifactId>
                    <version>3.3.1</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.14.1</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-jar-plugin</artifactId>
                    <version>3.4.2</version>
                  </plugin>
            %s
                </plugins>
              </build>
            </project>
            """.formatted(artifact, dependencies, surefire);
    }
}
