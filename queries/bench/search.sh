#!/bin/sh
# Times an index and searches of a recording beside plain tools, in one run and with the page cache
# warm, so that the ratios mean something on a shared machine too.
#
#   search.sh [-a] [-q QUERY] [-p PATTERN] TRACE
#
#   -q QUERY    a selective query (default: covers:0x1f000)
#   -p PATTERN  what comes nearest to it for tools that know lines only (default: 0x1f000 )
#   -a          also import into sqlite3 and duckdb, where installed; that takes minutes
set -eu

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

all=
query=covers:0x1f000
pattern='ioba=0x1f000 '
while getopts aq:p: option; do
  case $option in
    a) all=1 ;;
    q) query=$OPTARG ;;
    p) pattern=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || usage
trace=$1

home=$(cd "$(dirname "$0")/../.." && pwd)
tcescope=$home/tcescope
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TCESCOPE_JAVA_OPTS="${TCESCOPE_JAVA_OPTS--Xmx512m}"

# Prints wall and processor milliseconds of a command whose output nobody wants.
spend() {
  begin=$(date +%s%N)
  # shellcheck disable=SC2016 # the inner shell expands it
  sh -c '"$@" >/dev/null 2>&1 || [ $? -eq 1 ]; times' sh "$@" >"$work/times"
  wall=$((($(date +%s%N) - begin) / 1000000))
  cpu=$(sed -n 2p "$work/times" | tr 'ms' '  ' | awk '{ printf "%d", ($1 * 60 + $2 + $3 * 60 + $4) * 1000 }')
}

# once LABEL COMMAND...
once() {
  label=$1
  shift
  spend "$@"
  printf '  %9d ms  (%d ms of processors)  %s\n' "$wall" "$cpu" "$label"
}

# median LABEL COMMAND...: wall time, of five runs after one that warms.
median() {
  label=$1
  shift
  spend "$@"
  : >"$work/walls"
  for _ in 1 2 3 4 5; do
    spend "$@"
    echo "$wall" >>"$work/walls"
  done
  printf '  %9d ms  %s\n' "$(sort -n "$work/walls" | sed -n 3p)" "$label"
}

"$tcescope" --help >/dev/null # builds it, and its cache, where that was not done
cat "$trace" >/dev/null
lines=$(wc -l <"$trace")
echo "$trace: $(wc -c <"$trace") bytes, $lines lines"

echo 'made once:'
once 'tcescope index' "$tcescope" index "$trace" -o "$work/case"
bytes=$(du -sb "$work/case" | cut -f 1)
awk -v events="$lines" -v cpu="$cpu" -v bytes="$bytes" 'BEGIN {
  printf "                %.2f M events a second of processors, %.2f bytes an event\n", events / cpu / 1000, bytes / events }'
awk_csv='{ time = $1; sub(/:.*/, "", time); call = $1; sub(/.*:/, "", call); ioba = ""; ret = ""; liobn = ""
  for (i = 2; i <= NF; i++) { split($i, pair, "=")
    if (pair[1] == "ioba") ioba = pair[2]; else if (pair[1] == "ret") ret = pair[2]; else if (pair[1] == "liobn") liobn = pair[2] }
  print NR "," time "," call "," liobn "," ioba "," ret }'
if [ -n "$all" ] && command -v sqlite3 >/dev/null; then
  cat >"$work/import.sh" <<END
awk '$awk_csv' "$trace" >"$work/events.csv"
sqlite3 "$work/events.db" "create table e(n integer primary key, time, call, liobn, ioba, ret)" \
  ".mode csv" ".import $work/events.csv e" "create index by_ioba on e(ioba)"
END
  once 'sqlite3: awk, import, one index' sh "$work/import.sh"
  rm -f "$work/events.csv"
fi

echo "asked again and again, whole processes ($query):"
median 'tcescope search --limit 1' "$tcescope" search "$query" "$work/case" --limit 1
median 'tcescope search' "$tcescope" search "$query" "$work/case"
median 'tcescope search --group-by call --count' "$tcescope" search '*' "$work/case" --group-by call --count
median 'tcescope state --at event:1000000' "$tcescope" state "$work/case" --at event:1000000
median 'tcescope check' "$tcescope" check "$work/case"
if [ -f "$work/events.db" ]; then
  median 'sqlite3' sqlite3 "$work/events.db" "select * from e where ioba = '${pattern#ioba=}'"
fi
for tool in rg grep; do
  if command -v "$tool" >/dev/null; then
    median "$tool, which misses ranges that do not name the address" env LC_ALL=C "$tool" -a -c "$pattern" "$trace"
  fi
done

echo 'in one process:'
jdk=${TCESCOPE_JAVA_HOME:-${JAVA_HOME:-}}
"${jdk:+$jdk/bin/}java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -cp "$home/cli/target/lib/*" \
  "$home/queries/bench/WarmSearches.java" "$work/case" "$query"
