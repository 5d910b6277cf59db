# shellcheck shell=bash

# What a killed command had already printed names volumes too.
_vm_parse_captures() {
  local _file _text _kind _verb _volume
  local -a _words _operands
  for _file in "$_VM_RUN"/out.* "$_VM_RUN"/err.*; do
    [[ -s $_file ]] || continue
    [[ -s $_VM_RUN/words.${_file##*.} ]] || continue
    mapfile -t -d '' _words <"$_VM_RUN/words.${_file##*.}"
    _vm_kind "${_words[@]}"
    IFS= read -r -d '' _text <"$_file" || true
    _vm_note_output "$_text" "${_words[@]}"
  done
  mapfile -t _lines <"$_VM_RUN/journal"
}

# The volumes that a storage lists for STORAGE:OWNER/NAME; the result is in the array `_named`. Status 1 when it can't say.
_vm_find_named() {
  local _owner=${1#*:} _volume
  local -a _volumes
  _named=()
  _vm_list_storage "${1%%:*}" "${_owner%%/*}" || return "$?"
  for _volume in "${_volumes[@]}"; do
    [[ ${_volume##*[:/]} != "${1##*/}" ]] || _named+=("$_volume")
  done
}

# Whether one of these volumes is not another's.
_vm_has_own() {
  local _volume
  for _volume; do
    _vm_is_anothers_volume "$_volume" || return 0
  done
  return 1
}

# Whether something that was begun ($1: alloc or import, $2: which) did not come to its end, as far as the journal knows.
_vm_is_open() {
  local _line _open=''
  while IFS= read -r _line; do
    case $_line in
    "$1"$'\t'"$2") _open=1 ;;
    "$1-ended"$'\t'"$2") _open='' ;;
    esac
  done <"$_VM_RUN/journal"
  [[ -n $_open ]]
}

# Whether volume $1 came into being since this attempt began, or since file $2 was written. When it was written to says nothing: a guest of another
# cluster that uses the storage too writes all the time.
_vm_is_new_volume() {
  local _path _born _since
  _path=$(command pvesm path "$1" 2>/dev/null) && [[ -e $_path && $_path -nt ${2:-$_VM_RUN/begun} ]] || return 1
  _vm_read_times "$_path" "${2:-$_VM_RUN/begun}" && ((_born >= _since))
}

# The volumes that an import which was cut off may have left without anybody learning their names. $1: STORAGE:ID. The
# array `_imported` gets those that came into being since this attempt began, `_perhaps` those of which that can't be said.
# Status 1 when the storage can't say what it holds.
_vm_find_imported() {
  local _volume _config
  local -a _volumes
  _imported=() _perhaps=()
  _vm_is_open import "$1" || return 0
  _vm_list_storage "${1%%:*}" "${1#*:}" || return "$?"
  for _volume in "${_volumes[@]}"; do
    if _vm_owns_volume "$_volume" || _vm_is_anothers_volume "$_volume"; then continue; fi
    _vm_read_config "${1#*:}"
    [[ $_config$'\n' != *" $_volume"[,$'\n']* ]] || continue
    if _vm_is_new_volume "$_volume"; then _imported+=("$_volume"); else _perhaps+=("$_volume"); fi
  done
}

# Frees what such an import left. Where that is not known, the user is told, and nothing is guessed.
_vm_look_after_import() {
  local _volume _result=0
  local -a _imported _perhaps
  ! _vm_exists "${1#*:}" || return 0
  _vm_find_imported "$1" || {
    _vm_leftover "perhaps a volume of VM ${1#*:} on ${1%%:*}, which did not answer" "pvesm list ${1%%:*} --vmid ${1#*:}, then pvesm free VOLUME"
    return 1
  }
  for _volume in "${_imported[@]}"; do
    _vm_free "$_volume" || _result=1
  done
  for _volume in "${_perhaps[@]}"; do
    _vm_leftover "volume $_volume" "pvesm free $_volume"
    _result=1
  done
  return "$_result"
}

# Frees what an allocation that was cut off made. Whether it made the volume or found it there, nobody saw: only one that
# came into being since this attempt began is freed.
_vm_look_after_allocation() {
  local _volume _result=0
  local -a _named=()
  _vm_is_open alloc "$1" || return 0
  _vm_find_named "$1" || _named=("$1")
  for _volume in "${_named[@]}"; do
    if _vm_is_new_volume "$_volume"; then
      _vm_free "$_volume" || _result=1
    else
      _vm_leftover "perhaps volume $_volume" "pvesm free $_volume"
      _result=1
    fi
  done
  return "$_result"
}
