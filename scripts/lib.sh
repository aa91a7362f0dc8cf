# shellcheck shell=bash
# What the scripts beside this file share. It is sourced, never run. Nothing here writes to standard output or reads
# standard input: both belong to the program that a script runs in the end.
set -Eeuo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf 'scruple: %s\n' "$*" >&2; }

# A set-up that fails is exit code 2, as is any run of scruple that cannot be done as asked.
fail() {
  say "$*"
  exit 2
}
trap 'fail "set-up failed: $BASH_COMMAND"' ERR

processors() { printf '%s\n' "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"; }

# locked PRESET COMMAND…: runs the command while no other script works in that preset's build folder. The lock is file
# descriptor 9; commands that may leave a server behind are started without it.
locked() {
  if ! mkdir -p "$root/build" 2>/dev/null || [[ ! -w $root/build ]]; then
    fail "cannot write to $root/build, where scruple is built"
  fi
  {
    flock --nonblock 9 || { say "waiting for another build in build/$1" && flock 9; }
    "${@:2}"
  } 9>>"$root/build/$1.lock"
}

# False for a build folder that is new, was left half-way, has been moved, or is older than the presets. Whatever else
# changes, the build notices by itself.
is_configured() {
  local folder=$root/build/$1
  [[ -f $folder/build.ninja && ! $root/CMakePresets.json -nt $folder/build.ninja ]] &&
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"
}

# configure PRESET
configure() {
  is_configured "$1" && return
  local log=$root/build/$1.log
  say "configuring build/$1"
  if ! cmake -S "$root" --preset "$1" --fresh >"$log" 2>&1 </dev/null 9>&-; then
    cat "$log" >&2
    fail "cannot configure build/$1: see above what CMake says"
  fi
}

# build PRESET TARGET: says nothing where nothing is to do, one line where something is, and everything on failure.
build() {
  local log=$root/build/$1.log
  if ! NINJA_STATUS='[%f/%t] ' cmake --build "$root/build/$1" --target "$2" --parallel "$(processors)" \
    2>&1 </dev/null 9>&- | announce "building $2; the first time takes some minutes" >"$log"; then
    cat "$log" >&2
    fail "cannot build $2: see above what the compiler says"
  fi
}

# Passes Ninja's output on and says the text when the first command is run that is more than looking for changes.
announce() {
  local line announced=false
  while IFS= read -r line; do
    if ! $announced && [[ $line == '['* && $line != *'] Re-'* ]]; then
      say "$1"
      announced=true
    fi
    printf '%s\n' "$line"
  done
}
