# Builds a room and runs a command in it: room.sh ROOT HERE SCRATCH FILE... -- COMMAND...
# To be run in namespaces of its own, where it may mount. The room is the empty directory ROOT with
# nothing in it but those files and folders, for reading, and SCRATCH, an empty folder in memory;
# the command starts in the folder HERE, which is empty too unless it was named.
set -e
root=$1 here=$2 scratch=$3
shift 3
mount -t tmpfs -o mode=755 room "$root"
mkdir -p "$root/proc" "$root$here" "$root$scratch"
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then
    mkdir -p "$root$1"
  else
    [ -d "$root${1%/*}" ] || mkdir -p "$root${1%/*}"
    [ -e "$root$1" ] || : >"$root$1"
  fi
  mount --rbind "$1" "$root$1"
  # What the machine itself mounts with noexec has to stay so.
  mount -o remount,bind,ro,nosuid "$root$1" 2>/dev/null ||
    mount -o remount,bind,ro,nosuid,noexec "$root$1"
  shift
done
shift
mount -t proc proc "$root/proc" 2>/dev/null || : # a container may forbid it, and little is lost
exec unshare --root="$root" --wd="$here" \
  setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$@"
