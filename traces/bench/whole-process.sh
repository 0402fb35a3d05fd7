#!/bin/sh
# Times whole processes on the same recordings in the same run, page cache warm, and prints the
# ratio of each to a replay in C, or to wc where none is given.
#
#   whole-process.sh [-n ROUNDS] [-c REPLAY] TRACE...
#
# A trace.dat is also read by trace-cmd, which must be installed.
#
#   -n ROUNDS  measure so often and take the median (default 5)
#   -c REPLAY  a program that replays the recording it is given, as yardstick
#
# On a shared machine only the ratios of one run mean something.
set -eu

usage() {
  sed -n '2,13s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

rounds=5
yardstick=
while getopts n:c: option; do
  case $option in
    n) rounds=$OPTARG ;;
    c) yardstick=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage
case $rounds in
  '' | *[!0-9]* | 0) usage ;;
esac

tcescope=$(cd "$(dirname "$0")/../.." && pwd)/tcescope
results=$(mktemp)
output=$(mktemp) # grep stops at once where it sees that nobody reads what it counts
trap 'rm -f "$results" "$output"' EXIT

now() {
  date +%s%N
}

# Microseconds of one run; a status of 1 only says that something was found.
once() {
  begin=$(now)
  status=0
  "$@" >"$output" 2>&1 || status=$?
  [ "$status" -le 1 ] || {
    echo "$1 failed with status $status" >&2
    exit "$status"
  }
  echo $((($(now) - begin) / 1000))
}

# measure LABEL COMMAND...: the median, after one run that warms the page cache.
measure() {
  label=$1
  shift
  once "$@" >/dev/null
  times=$(
    round=0
    while [ "$round" -lt "$rounds" ]; do
      once "$@"
      round=$((round + 1))
    done
  )
  median=$(echo "$times" | sort -n | sed -n "$((rounds / 2 + 1))p")
  printf '%s\t%s\n' "$median" "$label" >>"$results"
}

for trace; do
  : >"$results"
  if [ -n "$yardstick" ]; then
    measure 'C replay' "$yardstick" "$trace"
  fi
  measure 'wc -l' wc -l "$trace"
  measure 'grep -c' env LC_ALL=C grep -c -a ddw_remove "$trace"
  if command -v rg >/dev/null; then
    measure 'rg -c' rg -c -a ddw_remove "$trace"
  fi
  case $trace in
    *.dat) measure 'trace-cmd report' trace-cmd report -N -i "$trace" ;;
  esac
  measure 'tcescope check' "$tcescope" check "$trace"
  echo "$trace ($(wc -c <"$trace") bytes)"
  awk -F '\t' 'NR == 1 { base = $1; name = $2; print "  seconds  x " name }
    { printf "  %7.2f  %5.2f  %s\n", $1 / 1e6, $1 / base, $2 }' "$results"
done
