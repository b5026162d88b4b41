# What packaging/run, packaging/test and packaging/bundle share: the project's own environment
# in .venv and the system libraries that Qt loads. Sourced; the caller has set $root, the top
# folder, and perhaps $bundle, a folder that packaging/bundle made: then nothing is fetched.

bundle=${bundle:-}
# Pythons to make an environment of, the best first.
pythons="python3.13 python3.12 python3.11 python3 python"

# use_environment FOLDER: what is prepared from now on, and where it says that it isn't yet.
use_environment() {
    environment=$1
    python="$environment/bin/python"
    unfinished="$environment/unfinished"
}
use_environment "$root/.venv"

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$@"
    exit 2
}

# --- system packages (Debian, Ubuntu and their like) ---------------------------------------

# Prints the prefix that lets this user install packages; fails where nobody may.
installer() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        echo sudo env
    else
        return 1
    fi
}

# install_packages NAME…: fails where it may not or can't.
install_packages() {
    as=$(installer) || return 1
    say "Installing system packages: $*"
    tries=3
    if [ -n "$bundle" ]; then
        # Where nothing can be fetched, the one line that tells what is missing is enough.
        exec 3>"$environment/system-packages.log"
        tries=0
    else
        exec 3>&2
    fi
    {
        $as DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 \
            -o Acquire::Retries=$tries update &&
            $as DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 \
                -o Acquire::Retries=$tries install --no-install-recommends "$@"
    } >&3 2>&3 </dev/null
}

# The line a person types to get the packages named.
line_for() {
    if command -v apt-get >/dev/null 2>&1; then
        echo "sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    else
        echo "install with this system's package manager what Debian calls: $*"
    fi
}

# --- Python --------------------------------------------------------------------------------

# Prints the path of a Python 3.11 or later; fails where there is none.
find_python() {
    for name in $pythons; do
        works_with "$(command -v "$name" 2>/dev/null)" && return 0
    done
    # pyenv keeps versions that are installed but not chosen off the path.
    for name in $pythons; do
        for found in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/*/bin/"$name"; do
            works_with "$found" && return 0
        done
    done
    return 1
}

# Prints the Python that is given, if it runs and is new enough.
works_with() {
    [ -x "$1" ] && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        echo "$1"
}

have_uv() { uv --version >/dev/null 2>&1; }

# Makes the environment anew; until all is installed, a mark in it says that it is not.
make_environment() {
    rm -rf "$environment"
    mkdir -p "$environment" && : >"$unfinished" || stop "$environment can't be written."
    base=$(find_python) || base=
    if have_uv; then
        # Without a Python of its own kind on the machine, uv fetches one.
        uv venv --quiet --allow-existing --python "${base:-3.12}" "$environment" >&2 && return
        stop "uv could not make an environment. Install Python 3.11 or later and start again."
    fi
    if [ -z "$base" ]; then
        install_packages python3 python3-venv && base=$(find_python) ||
            stop "Python 3.11 or later is needed and was not found. Type: $(line_for python3 python3-venv)"
    fi
    "$base" -m venv "$environment" >/dev/null 2>&1 && return
    # Debian and Ubuntu keep venv in a package of its own, named for the version.
    version=$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    install_packages "$version" && "$base" -m venv "$environment" >&2 ||
        stop "This Python can't make environments. Type: $(line_for "$version")"
}

# Reads what an installer prints: keeps all of it in $log, and tells how far it is.
progress() {
    count=0
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        case $line in
        Collecting\ * | Processing\ *)
            count=$((count + 1))
            name=${line#* }
            name=${name##*/}
            name=${name%%[ <>=!~;\[(-]*}
            if [ -t 2 ]; then
                printf '\r\033[K  %s: %s' "$count" "$name" >&2
            elif [ $((count % 20)) = 0 ]; then
                say "  $count packages found …"
            fi ;;
        Installing\ collected\ *)
            if [ -t 2 ]; then printf '\r\033[K' >&2; fi
            [ "$count" = 0 ] || say "  $count packages are here; installing them …" ;;
        esac
    done
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

# Prints why an installation failed, from what the installer said.
tell_failure() {
    unreachable='' untrusted=''
    while IFS= read -r line; do
        case $line in
        *"name resolution"* | *NewConnectionError* | *"Network is unreachable"* | *ConnectTimeout* | \
            *"Failed to establish a new connection"* | *getaddrinfo* | *"dns error"* | \
            *"error sending request"* | *"Network connectivity is disabled"*)
            unreachable=yes ;;
        *CERTIFICATE_VERIFY_FAILED* | *"invalid peer certificate"*)
            untrusted=yes ;;
        esac
    done <"$log"
    if [ -n "$untrusted" ] && [ -z "$bundle" ]; then
        say "The packages can't be fetched: this machine doesn't trust the certificate of the connection." \
            "Where the network has one of its own, set PIP_CERT (with uv: SSL_CERT_FILE) to its file and start again."
    elif [ -n "$unreachable" ] && [ -z "$bundle" ]; then
        say "The packages can't be fetched: this machine has no way to the internet, or needs a proxy." \
            "With a proxy, set HTTPS_PROXY and start again. Without any internet, run" \
            "packaging/bundle FOLDER on a machine that has it, bring the folder here, and start:" \
            "packaging/run --from FOLDER"
    else
        while IFS= read -r line; do
            case $line in
            ERROR* | error* | "  × "* | "  ╰"* | "no such"*) say "$line" ;;
            esac
        done <"$log"
        if [ -n "$bundle" ]; then
            say "The bundle in $bundle doesn't hold what this machine needs. It has to be made for this" \
                "system and this Python: packaging/bundle FOLDER --python $("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
        fi
    fi
    say "All that the installer said stands in $log."
}

# As with uv, Python compiles a module when it is first imported. Compiling all that nobody
# ever imports took half of the installation's time and a ninth of the environment's space.
pip_install() {
    "$python" -m pip --disable-pip-version-check --retries 2 install --no-compile "$@"
}

# Installs what the tests need, each package only if its file has a hash that is known. The
# project itself has none, and build tools for pip come before.
install_hashed() {
    if have_uv; then
        uv pip install --python "$python" --require-hashes --build-constraint $pins \
            --requirement $hashes &&
            uv pip install --python "$python" --no-deps --build-constraint $pins --editable .
    else
        pip_install --constraint $pins hatchling setuptools &&
            pip_install --require-hashes --no-build-isolation --requirement $hashes &&
            pip_install --no-deps --no-build-isolation --editable .
    fi
}

install_pins() { # install_pins WHAT, where WHAT is "." or ".[test]"
    log="$environment/install.log"
    ended="$environment/ended"
    : >"$log"
    rm -f "$ended"
    (
        cd "$root" || exit 1
        pins=packaging/constraints.txt
        set -- "$1"
        if [ -n "$bundle" ]; then set -- "$1" --no-index --find-links "$bundle"; fi
        what=$1
        shift
        hashes=packaging/hashes.txt
        if [ "$what" = ".[test]" ] && [ -z "$bundle" ]; then
            install_hashed
        elif have_uv; then
            uv pip install --python "$python" --constraint $pins --build-constraint $pins "$@" \
                --editable "$what"
        else
            # The build tools, ours and that of what comes as source, are pinned like all else,
            # so they build from the environment.
            pip_install "$@" --constraint $pins hatchling setuptools &&
                pip_install "$@" --constraint $pins --no-build-isolation --editable "$what"
        fi && : >"$ended"
    ) 2>&1 </dev/null | progress
    [ -e "$ended" ] || { tell_failure; return 1; }
    rm -f "$ended"
}

# Whether the environment was installed for a folder of another name.
moved() {
    for stamp in "$environment"/installed*; do
        [ -e "$stamp" ] && [ "$(head -n 1 "$stamp")" != "$root" ] && return 0
    done
    return 1
}

# prepare EXTRA: "" or "test". Does nothing where the last complete installation stands.
# A stamp holds all that the installation depends on and is written last. What a broken-off
# installation left, or one for another folder, is thrown away; an environment that someone
# made by hand is completed.
prepare() {
    wanted() {
        printf '%s\n' "$root"
        cat "$root/pyproject.toml" "$root/packaging/constraints.txt" "$root/packaging/hashes.txt"
    }
    [ ! -e "$unfinished" ] && [ -x "$python" ] && wanted | cmp -s - "$environment/installed${1:+-$1}" && return

    say "Setting up the environment in $environment (the first time takes a minute or two) …"
    if [ ! -x "$python" ] || [ -e "$unfinished" ] || moved; then
        make_environment
    fi
    : >"$unfinished"
    rm -f "$environment"/installed*
    if ! install_pins ".${1:+[$1]}"; then
        stop "The Python packages could not be installed. Start again once that is mended."
    fi
    if [ -n "$1" ]; then
        wanted >"$environment/installed"
    fi
    wanted >"$environment/installed${1:+-$1}"
    rm -f "$unfinished"
}

# --- Qt's libraries ------------------------------------------------------------------------

# Prints, space between, the Debian packages of those libraries that can't be loaded.
# $1: "offscreen" for what drawing needs, "screen" for what a window on X needs besides, "test"
# for what the tools of the tests need.
missing_libraries() {
    "$python" - "$1" <<'PYTHON'
import ctypes
import sys

OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libexpat.so.1": "libexpat1",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
}
# The Node that drives the browser and the type checker.
TEST = {"libatomic.so.1": "libatomic1"}
missing = []
for library, package in {"offscreen": OFFSCREEN, "screen": SCREEN, "test": TEST}[sys.argv[1]].items():
    try:
        ctypes.CDLL(library)
    except OSError:
        missing.append(package)
print(*missing)
PYTHON
}

libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    complete="$environment/libraries"
    [ -e "$complete" ] && return
    missing=$(missing_libraries offscreen)
    all="$missing $(missing_libraries screen)"
    if [ "$all" = " " ]; then
        : >"$complete"
        return
    fi
    # shellcheck disable=SC2086  # one word a package
    if install_packages $all; then
        missing=$(missing_libraries offscreen)
        [ -n "$missing" ] || { : >"$complete"; return; }
    fi
    # shellcheck disable=SC2086
    if [ -n "$missing" ]; then
        stop "Libraries that drawing needs are missing. Type: $(line_for $all)"
    elif [ -n "${DISPLAY:-}" ]; then
        say "The window may not open: libraries are missing. Type: $(line_for $all)"
    fi
}
