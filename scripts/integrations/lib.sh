# shellcheck shell=bash
# What the files beside this one share. Each is run as `NAME PROGRAM`, prints a line `ok …`, `FAILED …` or `SKIPPED …` for
# each thing that it tries, and exits with 1 if one failed. It is sourced, never run.
set -uo pipefail

program=$(readlink -f -- "${1:?usage: NAME PROGRAM}") || exit 2
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

failed() {
  failures=$((failures + 1))
  printf 'FAILED  %s\n' "$1"
  sed 's/^/  | /' "$work/out" 2>/dev/null | head -40
}

# try NAME COMMAND…: the command ends with 0; what it prints is in $work/out.
try() {
  if "${@:2}" >"$work/out" 2>&1 </dev/null; then
    printf 'ok      %s\n' "$1"
  else
    failed "$1"
  fi
}

skipped() { printf 'SKIPPED %s\n' "$*"; }

# have COMMAND PACKAGE: the command is there, or can be installed from Debian.
have() {
  command -v "$1" >/dev/null && return
  if (($(id -u) == 0)) && command -v apt-get >/dev/null; then
    DEBIAN_FRONTEND=noninteractive timeout 200 apt-get -y -o DPkg::Lock::Timeout=120 install --no-install-recommends \
      "$2" >"$work/apt.log" 2>&1 </dev/null || apt-get update >/dev/null 2>&1 &&
      DEBIAN_FRONTEND=noninteractive timeout 200 apt-get -y -o DPkg::Lock::Timeout=120 install \
        --no-install-recommends "$2" >"$work/apt.log" 2>&1 </dev/null
  fi
  command -v "$1" >/dev/null && return
  skipped "$1: Debian's package $2 is not there"
  return 1
}

# node_tools PACKAGE@VERSION…: installs them into $tools, once a version.
node_tools() {
  tools=$root/build/integrations/$(basename -- "$0")
  local wanted="$*"
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    skipped "$wanted: node or npm is not there"
    return 1
  fi
  [[ $(cat "$tools/installed" 2>/dev/null) == "$wanted" ]] && return
  mkdir -p "$tools"
  if ! timeout 150 npm install --prefix "$tools" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error "$@" \
    >"$tools/npm.log" 2>&1 </dev/null; then
    skipped "$wanted: npm could not install them (see $tools/npm.log)"
    return 1
  fi
  printf '%s\n' "$wanted" >"$tools/installed"
}

# make_campaigns: a repository in $work/repository with the examples, and a campaign whose every text is hostile.
make_campaigns() {
  local awkward=$work/repository/'a dir, ü'
  mkdir -p "$awkward"
  cp -r "$root/examples/." "$work/repository/"
  cat >"$awkward/x%41.campaign.yaml" <<'YAML'
scruple: 1
kind: campaign
campaign:
  id: "<&>\"' ]]> | ::error::x ##[error]x %0A \r\n \x01 \u202E \U0001F600 @team"
  name: "</title><script>alert(1)</script> `x` [a](javascript:b) **b** | # -->"
  owner: "::error file=x::owned"
  status: built
  launch_date: 2026-13-45
  channels: [email]
  markets: [DE]
assets:
  - id: "##vso[task.complete]]]> | x"
    kind: email
    path: "mail <&> \u202E.html"
    language: de
    ai_role: "%0A::error::x"
    surprise: "`|`\\"
  - {id: mail, kind: email, path: "mail.html", language: en, ai_role: generated}
YAML
  printf '<p>%s <a href="https://x.example/unsubscribe" style="font-size:1px">unsubscribe ]]> ##[end] ::x</a></p>\n' \
    "$(printf 'ü😀%.0s' {1..30})" >"$awkward/mail.html"
  git -C "$work/repository" init -q 2>/dev/null || mkdir -p "$work/repository/.git"
}

# report FORMAT FILE PATH…: a report on these paths of the repository.
report() {
  (cd "$work/repository" && "$program" check --today 2026-11-21 --level complete --format "$1=$2" "${@:3}" >/dev/null 2>&1)
  [[ -e $2 ]] || : >"$2.missing"
}

# each_report FORMAT: reports on a clean campaign, a risky one and the hostile one, below $work/reports, by name.
each_report() {
  mkdir -p "$work/reports"
  report "$1" "$work/reports/clean.$1" clean-launch
  report "$1" "$work/reports/risky.$1" risky-launch
  report "$1" "$work/reports/awkward.$1" 'a dir, ü'
  report "$1" "$work/reports/all.$1" .
}
reports=(clean risky awkward all)

finish() { exit $((failures > 0)); }
