#!/bin/sh
# Install the system libraries that Python's package indexes cannot bring.
#
# Usage: sh packaging/system.sh SET...
# Sets: sound, window, screen, compiler, voices, server, reader. Any other word is the name of a Debian package.
#
# Only what is missing is installed: by apt-get, as root or by sudo without a password. Where that
# cannot be, one line names what is missing and the exit code is still 0: most of narrator can do
# without, and what cannot says so itself.

set -u

packages() {
    case $1 in
        sound) echo libportaudio2 ;;
        window) echo libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3 ;;
        # Qt's own message names only the first of these, whichever is missing.
        screen) echo libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 ;;
        compiler) echo gcc g++ libc6-dev ;;
        voices) echo ffmpeg flite espeak-ng ;; # the voices that an evaluation compares with
        # A speaker and a microphone without a sound card, for the tests.
        server) echo pulseaudio pulseaudio-utils libasound2-plugins ;;
        # A screen, and what a screen reader reads it by, for the tests.
        reader) echo xvfb xauth dbus at-spi2-core python3-gi gir1.2-atspi-2.0 ;;
        *) echo "$1" ;;
    esac
}

installed() {
    # Debian 13 and Ubuntu 24.04 renamed some libraries when their clocks became 64 bits wide.
    case $(dpkg-query -W -f=' ${db:Status-Status} ' "$1" "$1t64" 2>/dev/null) in
        *' installed '*) return 0 ;;
    esac
    return 1
}

missing() {
    for set_name in "$@"; do
        for package in $(packages "$set_name"); do
            installed "$package" || echo "$package"
        done
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@" >/dev/null 2>&1 </dev/null
    else
        sudo -n "$@" >/dev/null 2>&1 </dev/null
    fi
}

apt() {
    # Nothing that is there may go: a desktop with PipeWire keeps it, and does without `server`.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-remove \
        -o DPkg::Lock::Timeout=120 -o Acquire::http::Timeout=20 "$@"
}

[ "$(uname -s)" = Linux ] || exit 0 # elsewhere the Python packages bring these libraries along
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not Debian or Ubuntu. If something is missing, look for your system's own packages of:" \
        "$(for set_name in "$@"; do packages "$set_name"; done | tr '\n' ' ')" >&2
    exit 0
fi

wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0
if as_root true; then
    echo "Installing system packages:" $wanted
    # The lists of packages may be old, or missing altogether; one unknown name stops a whole order.
    apt --no-install-recommends install $wanted || {
        apt update
        for package in $wanted; do
            apt --no-install-recommends install "$package"
        done
    }
    wanted=$(missing "$@")
fi
[ -z "$wanted" ] || echo "System packages are missing; the rest goes on. To install them:" \
    "sudo apt-get install" $wanted >&2
exit 0
