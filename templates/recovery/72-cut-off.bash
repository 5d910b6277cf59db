# shellcheck shell=bash

# What a killed command had already printed names volumes too.
_vm_parse_captures() {
  local file text found kind verb
  local -a words operands
  for file in "$_VM_RUN"/out.* "$_VM_RUN"/err.*; do
    [[ -s $file ]] || continue
    [[ -s $_VM_RUN/words.${file##*.} ]] || continue
    mapfile -t -d '' words <"$_VM_RUN/words.${file##*.}"
    _vm_kind "${words[@]}"
    [[ $verb == @(qm create|qm set|qm disk import|pvesm alloc) ]] || continue
    IFS= read -r -d '' text <"$file" || true
    while [[ $text =~ uccessfully\ (created|imported)(\ disk)?(\ as)?\ \'(unused[0-9]:)?([^\',]+) ]]; do
      lines+=("volume"$'\t'"${BASH_REMATCH[5]}")
      _vm_note volume "${BASH_REMATCH[5]}"
      text=${text#*"${BASH_REMATCH[0]}"}
    done
    IFS= read -r -d '' text <"$file" || true
    while [[ $text =~ (Logical volume \"([^\"]+)\" created|Formatting \'([^\']+)\') ]]; do
      found=${BASH_REMATCH[2]:-${BASH_REMATCH[3]##*/}}
      text=${text#*"${BASH_REMATCH[0]}"}
      _vm_note_name "$found" "${words[@]}"
    done
  done
  mapfile -t lines <"$_VM_RUN/journal"
}

# The volumes that storages list for STORAGE:NAME or :NAME; the result is in the array `named`. Status 1 when a storage
# can't say.
_vm_find_named() {
  local name=${1#*:} storage=${1%%:*} volume inactive
  local -a volumes
  named=()
  [[ ${name##*/} =~ ^(vm|base)-([0-9]+)- ]] || return 0
  _vm_list_volumes "${BASH_REMATCH[2]}" || return 1
  # A storage that is not active says nothing of what it holds.
  if ((inactive > 0)) && [[ -n $storage ]]; then
    command pvesm list "$storage" --vmid "${BASH_REMATCH[2]}" --content images >/dev/null 2>&1 || return 1
  fi
  for volume in "${volumes[@]}"; do
    [[ ${volume##*[:/]} != "${name##*/}" || (-n $storage && $volume != "$storage":*) ]] || named+=("$volume")
  done
}

# Whether one of these volumes is not another's.
_vm_has_own() {
  local volume
  for volume; do
    _vm_is_anothers_volume "$volume" || return 0
  done
  return 1
}

# Whether something that was begun ($1: alloc or import, $2: which) did not come to its end, as far as the journal knows.
_vm_is_open() {
  local line open=''
  while IFS= read -r line; do
    case $line in
    "$1"$'\t'"$2") open=1 ;;
    "$1-ended"$'\t'"$2") open='' ;;
    esac
  done <"$_VM_RUN/journal"
  [[ -n $open ]]
}

# Whether volume $1 came into being since this attempt began. When it was written to says nothing: a guest of another
# cluster that uses the storage too writes all the time.
_vm_is_new_volume() {
  local path born since
  path=$(command pvesm path "$1" 2>/dev/null) && [[ -e $path && $path -nt $_VM_RUN/begun ]] || return 1
  _vm_read_times "$path" "$_VM_RUN/begun" && ((born >= since))
}

# The volumes that an import which was cut off may have left without anybody learning their names. $1: STORAGE:ID. The
# array `imported` gets those that came into being since this attempt began, `perhaps` those of which that can't be said.
# Status 1 when the storage can't say what it holds.
_vm_find_imported() {
  local volume config listed
  imported=() perhaps=()
  _vm_is_open import "$1" || return 0
  listed=$(command pvesm list "${1%%:*}" --vmid "${1#*:}" --content images 2>&1) || {
    [[ $listed == *"storage '${1%%:*}' does not exist"* ]]
    return
  }
  while read -r volume _; do
    [[ $volume == "${1%%:*}":* ]] || continue
    if _vm_owns_volume "$volume" || _vm_is_anothers_volume "$volume"; then continue; fi
    _vm_read_config "${1#*:}"
    [[ $config$'\n' != *" $volume"[,$'\n']* ]] || continue
    if _vm_is_new_volume "$volume"; then imported+=("$volume"); else perhaps+=("$volume"); fi
  done <<<"$listed"
}

# Frees what such an import left. Where that is not known, the user is told, and nothing is guessed.
_vm_look_after_import() {
  local volume result=0
  local -a imported perhaps
  ! vm_exists "${1#*:}" || return 0
  _vm_find_imported "$1" || {
    vm_leftover "perhaps a volume of VM ${1#*:} on ${1%%:*}, which did not answer" "pvesm list ${1%%:*} --vmid ${1#*:}, then pvesm free VOLUME"
    return 1
  }
  for volume in "${imported[@]}"; do
    _vm_free "$volume" || result=1
  done
  for volume in "${perhaps[@]}"; do
    vm_leftover "volume $volume" "pvesm free $volume"
    result=1
  done
  return "$result"
}

# Frees what an allocation that was cut off made. Whether it made the volume or found it there, nobody saw: only one that
# came into being since this attempt began is freed.
_vm_look_after_allocation() {
  local volume result=0
  local -a named=()
  _vm_is_open alloc "$1" || return 0
  _vm_find_named "$1" || named=("$1")
  for volume in "${named[@]}"; do
    if _vm_is_new_volume "$volume"; then
      _vm_free "$volume" || result=1
    else
      vm_leftover "perhaps volume $volume" "pvesm free $volume"
      result=1
    fi
  done
  return "$result"
}
