#!/bin/sh
# Times an index and searches of a recording beside plain tools, in one run and with the page cache
# warm, so that the ratios mean something on a shared machine too.
#
#   search.sh [-a] [-q QUERY] [-p PATTERN] TRACE
#
#   -q QUERY    a selective query (default: covers:0x1f000)
#   -p PATTERN  what comes nearest to it for tools that know lines only (default: 0x1f000 )
#   -a          also open it with lnav, and import it into sqlite3 and duckdb (the Python module), where
#               these are installed; that takes minutes
set -eu

usage() {
  sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
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
address=$(printf %s "${pattern##*ioba=}" | tr -d ' ')
python=${PYTHON:-python3}

home=$(cd "$(dirname "$0")/../.." && pwd)
tcescope=$home/tcescope
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export out="$work/output"
export TCESCOPE_JAVA_OPTS="${TCESCOPE_JAVA_OPTS--Xmx512m}"

# Sets wall and processor milliseconds of a command. Its output goes to a file, for grep does not
# read to the end when it writes to nowhere.
spend() {
  begin=$(date +%s%N)
  # shellcheck disable=SC2016 # the inner shell expands it
  sh -c '"$@" >"$out" 2>&1 || [ $? -eq 1 ]; times' sh "$@" >"$work/times"
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
printf '                heap of at most %s\n' "$(printf %s "$TCESCOPE_JAVA_OPTS" | sed -n 's/.*-Xmx\([0-9a-z]*\).*/\1/p')"
bytes=$(du -sb "$work/case" | cut -f 1)
awk -v events="$lines" -v cpu="$cpu" -v bytes="$bytes" 'BEGIN {
  printf "                %.2f M events a second of processors, %.2f bytes an event\n", events / cpu / 1000, bytes / events }'
awk_csv='{ time = $1; sub(/:.*/, "", time); call = $1; sub(/.*:/, "", call); ioba = ""; ret = ""; liobn = ""
  for (i = 2; i <= NF; i++) { split($i, pair, "=")
    if (pair[1] == "ioba") ioba = pair[2]; else if (pair[1] == "ret") ret = pair[2]; else if (pair[1] == "liobn") liobn = pair[2] }
  print NR "," time "," call "," liobn "," ioba "," ret }'
has() {
  [ -n "$all" ] && command -v "$1" >/dev/null
}
if has sqlite3; then
  cat >"$work/import.sh" <<END
awk '$awk_csv' "$trace" >"$work/events.csv"
sqlite3 "$work/events.db" "create table e(n integer primary key, time, call, liobn, ioba, ret)" \
  ".mode csv" ".import $work/events.csv e" "create index by_ioba on e(ioba)"
END
  once 'sqlite3: awk, import, one index' sh "$work/import.sh"
  rm -f "$work/events.csv"
fi
# duckdb cuts the lines itself: what stands behind each of the names.
cat >"$work/import.py" <<END
import duckdb, sys
parts = {'event': 'spapr_([a-z_]+)', 'liobn': 'liobn=(0x[0-9a-f]+)', 'ioba': 'ioba=(0x[0-9a-f]+)', 'ret': 'ret=(-?[0-9]+)'}
columns = ', '.join(f"regexp_extract(line, '{regexp}', 1) as {name}" for name, regexp in parts.items())
duckdb.connect(sys.argv[2]).execute(f"""create table e as select {columns}, line from
  read_csv('{sys.argv[1]}', columns={{'line': 'varchar'}}, delim='\x01', quote='', header=false, ignore_errors=true)""")
END
cat >"$work/query.py" <<END
import duckdb, sys
print(duckdb.connect(sys.argv[1], read_only=True).execute(f"select line from e where ioba = '{sys.argv[2]}'").fetchall())
END
if has "$python" && "$python" -c 'import duckdb' 2>/dev/null; then
  once 'duckdb: import' "$python" "$work/import.py" "$trace" "$work/events.duckdb"
  printf '                %.2f bytes an event\n' "$(echo "$(wc -c <"$work/events.duckdb") $lines" | awk '{ print $1 / $2 }')"
fi
if has lnav; then
  once 'lnav: opening, and one filter' lnav -n -c ":filter-in $pattern" "$trace"
fi

echo "asked again and again, whole processes ($query):"
median 'tcescope search --limit 1' "$tcescope" search "$query" "$work/case" --limit 1
median 'tcescope search' "$tcescope" search "$query" "$work/case"
median 'tcescope search --group-by call --count' "$tcescope" search '*' "$work/case" --group-by call --count
median 'tcescope search --histogram' "$tcescope" search '*' "$work/case" --histogram
median 'tcescope state --at event:1000000' "$tcescope" state "$work/case" --at event:1000000
median 'tcescope check' "$tcescope" check "$work/case"
if [ -f "$work/events.db" ]; then
  median 'sqlite3' sqlite3 "$work/events.db" "select * from e where ioba = '$address'"
fi
if [ -f "$work/events.duckdb" ]; then
  median 'duckdb' "$python" "$work/query.py" "$work/events.duckdb" "$address"
fi
for tool in rg grep; do
  if command -v "$tool" >/dev/null; then
    median "$tool, which misses ranges that do not name the address" env LC_ALL=C "$tool" -a -c "$pattern" "$trace"
  fi
done

echo 'in one process:'
for jdk in "${TCESCOPE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk*; do
  grep -q 'JAVA_VERSION="\(2[5-9]\|[3-9]\)' "$jdk/release" 2>/dev/null && break
done
"$jdk/bin/java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  --sun-misc-unsafe-memory-access=allow -cp "$home/cli/target/launcher/lib/*" \
  "$home/queries/bench/WarmSearches.java" "$work/case" "$query"
