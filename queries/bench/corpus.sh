#!/bin/sh
# Times searches of a folder of recordings, each a process of its own: wall and processor seconds, and the
# most memory it had. As many copies of a recording as are wanted make a folder of any size.
#
#   corpus.sh FOLDER | corpus.sh -n COPIES RECORDING
set -eu

usage() {
  sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

copies=
while getopts n: option; do
  case $option in
    n) copies=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || usage

tcescope=$(cd "$(dirname "$0")/../.." && pwd)/tcescope
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$1
if [ -n "$copies" ]; then
  folder=$work/recordings
  mkdir "$folder"
  number=0
  while [ "$number" -lt "$copies" ]; do
    number=$((number + 1))
    cp "$1" "$folder/$number-${1##*/}"
  done
fi

"$tcescope" --version >"$work/out" # builds if it must
for question in 'ret:H_PARAMETER --count' 'ret:H_PARAMETER --group-by file' 'finding:* --count' \
  'ret<0 --histogram' '* --format ndjson' '* --limit 1'; do
  query=${question%% *}
  /usr/bin/time -o "$work/time" -f '%e s wall, %U s user, %M KiB' \
    "$tcescope" search "$query" ${question#"$query"} "$folder" >"$work/out" 2>"$work/err" || :
  printf '%-32s %s, %s lines\n' "$question" "$(tail -1 "$work/time")" "$(wc -l <"$work/out")"
done
