# The parts that the node's programs share. Storages are lines of /mnt/storages: NAME TYPE PATH STATE.

# Notes the call, and lets the case act meanwhile.
begin() {
  printf '%s\n' "${*//$'\n'/ }" >>/mnt/calls
  [[ ! -s /mnt/hook ]] || source /mnt/hook "$@"
}

fail() {
  printf '%s\n' "$2" >&2
  exit "$1"
}

# Sorts words into `operands` and `options`, whose order is in `given`.
parse() {
  operands=() given=()
  declare -gA options=()
  while (($# > 0)); do
    case $1 in
    --*=*) keep_option "${1%%=*}" "${1#*=}" ;;
    -?*) if [[ ${2:--} != -* || ${2:-} == "-" ]]; then keep_option "$1" "${2:-1}" && shift; else keep_option "$1" 1; fi ;;
    *) operands+=("$1") ;;
    esac
    shift || break
  done
}

keep_option() {
  local name=${1##-}
  name=${name#-}
  given+=("$name")
  options[$name]=$2
}

# Sets `type`, `path` and `state` of a storage.
find_storage() {
  local name
  while read -r name type path state; do
    [[ $name != "$1" ]] || break
  done </mnt/storages
  [[ ${name:-} == "$1" ]] || fail 255 "storage '$1' does not exist"
  [[ $state == active ]] || fail 255 "unable to activate storage '$1' - directory is expected to be a mount point but is not mounted: '$path'"
}

# The file of a volume, in `file`.
volume_file() {
  local type path state
  find_storage "${1%%:*}"
  file=$path/${1#*:}
  [[ $type != dir ]] || file=$path/images/${1#*:}
}

# Makes a volume: STORAGE VMID EXTENSION [NAME]. Its id is in `volume`, its file in `file`.
make_volume() {
  local type path state n=0 name=${4:-}
  find_storage "$1"
  if [[ $type == dir ]]; then
    mkdir -p "$path/images/$2"
    while [[ -z ${4:-} ]] && { name=vm-$2-disk-$n.$3 && compgen -G "$path/images/$2/${name%.*}.*" >/dev/null; }; do n=$((n + 1)); done
    file=$path/images/$2/$name volume=$1:$2/$name
    [[ ! -e $file ]] || fail 25 "disk image '$file' already exists"
    echo "Formatting '$file', fmt=$3 size=4194304 preallocation=off"
  else
    while [[ -z ${4:-} ]] && { name=vm-$2-disk-$n && [[ -e $path/$name ]]; }; do n=$((n + 1)); done
    file=$path/$name volume=$1:$name
    [[ ! -e $file ]] || fail 5 "lvcreate 'pve/$name' error:   Logical Volume \"$name\" already exists in volume group \"pve\""
    echo "  Logical volume \"$name\" created."
  fi
  echo "volume of $2" >"$file"
}
