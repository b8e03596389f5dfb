@echo off
rem datagram4j's command line on Windows. "test" runs every test of the project by Maven; every other word goes to the
rem launcher, which is built first if it is missing. To build it again: mvn package.
rem
rem   JAVA_HOME                the Java to use; without it, java on the PATH
rem   DATAGRAM4J_JAVA_OPTIONS  further options for the launcher's Java, such as -Ddatagram4j.backend=nio
setlocal
set "root=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -version >nul 2>&1
if errorlevel 1 (
    echo datagram4j: Java 17 or newer is needed: set JAVA_HOME or put java on the PATH 1>&2
    exit /b 3
)

if "%~1"=="test" goto test

if not exist "%root%launcher\target\app\bundles" (
    echo Building datagram4j ^(only the first run does; it downloads what the build needs^) ... 1>&2
    call mvn -B -ntp -q -f "%root%pom.xml" -pl launcher -am -Dmaven.test.skip=true -Dmaven.javadoc.skip=true package
    if errorlevel 1 (
        echo datagram4j: the build failed; Maven 3.8 or newer and JDKs 17 and 25 are needed 1>&2
        exit /b 3
    )
)

rem Native backends call the system, and Felix reads a field by sun.misc.Unsafe: newer Javas warn of both.
set "options="
"%java%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
if not errorlevel 1 set "options=--enable-native-access=ALL-UNNAMED"
"%java%" --sun-misc-unsafe-memory-access=allow -version >nul 2>&1
if not errorlevel 1 set "options=%options% --sun-misc-unsafe-memory-access=allow"

"%java%" -Ddatagram4j.home="%root%." %options% %DATAGRAM4J_JAVA_OPTIONS% -cp "%root%launcher\target\app\lib\*" org.datagram4j.launcher.Main %*
exit /b %errorlevel%

:test
cd /d "%root%"
call mvn -B -ntp verify
exit /b %errorlevel%
