#!/usr/bin/env bash
# Compares the validator with ajv, the reference that most programs use. Needs Node.js and, once a build folder, the npm
# registry; without them the test is skipped and says so.
#
#   agreement.sh JUDGE SCHEMAS WORK     WORK: a folder for ajv and the cases
set -euo pipefail
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
judge=$1 schemas=$2 work=$3
ajv=8.20.0

skip() {
  echo "SKIPPED: the validator was not compared with ajv: $1"
  exit 77
}

command -v node >/dev/null && command -v npm >/dev/null || skip "there is no Node.js with npm"
mkdir -p -- "$work"
if [[ ! -d $work/node_modules/ajv ]]; then
  timeout 120 npm install --prefix "$work" --no-save --no-audit --no-fund --fetch-retries=0 "ajv@$ajv" >"$work/npm.log" 2>&1 ||
    skip "npm could not install ajv@$ajv (see $work/npm.log)"
fi
cp -- "$here/agreement.mjs" "$work/"
exec node "$work/agreement.mjs" "$judge" "$schemas" "$work"
