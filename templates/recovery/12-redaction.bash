# shellcheck shell=bash

# Replaces secrets in $1; the result is in `_text`. Line by line: ${…#*…} takes the square of a length.
_vm_redact() {
  local IFS=$'\n' _line _in_key=''
  local -a _lines _hidden=()
  mapfile -t _lines <<<"$1"
  for _line in "${_lines[@]}"; do
    case $_line in
    *-----BEGIN*"PRIVATE KEY"*-----*)
      [[ $_line == *-----END* ]] || _in_key=1
      _hidden+=('<hidden>')
      ;;
    *-----END*"PRIVATE KEY"*-----*) _in_key='' ;;
    *)
      [[ -n $_in_key ]] || {
        _vm_redact_line "$_line"
        _hidden+=("$_text")
      }
      ;;
    esac
  done
  _text="${_hidden[*]}"
}

# The same for a command as a script writes it: the program is shown whatever follows.
_vm_redact_script_line() {
  local _program=''
  [[ ! $1 =~ ^[a-z][a-z0-9.-]*' ' ]] || _program=${BASH_REMATCH[0]}
  _vm_redact "${1#"$_program"}"
  _text=$_program$_text
}

# The same for one line. More than the secret may go; less may not.
_vm_redact_line() {
  local LC_ALL=C IFS=$' \t\n' _rest=${1:0:4000} _kind _pattern
  for _kind in credentials query user token hash key; do
    _vm_hidden_text "$_kind"
    _text=
    while [[ $_rest =~ $_pattern ]]; do
      _text+=${_rest%%"${BASH_REMATCH[0]}"*}${BASH_REMATCH[1]}'<hidden>'${BASH_REMATCH[-1]}
      _rest=${_rest#*"${BASH_REMATCH[0]}"}
    done
    _rest=$_text$_rest
  done
  _text=$_rest
  _vm_hidden_text name
  [[ ! ${_rest,,} =~ $_pattern ]] || _vm_redact_words
}

# Leaves the words of `_rest`, which names a secret, that are known to be harmless.
_vm_redact_words() {
  local _name=$_pattern _blank _word _lower _previous='' _end
  _text=
  while [[ $_rest =~ ^([[:space:]]*)([^[:space:]]+) ]]; do
    _rest=${_rest:${#BASH_REMATCH[0]}}
    _blank=${BASH_REMATCH[1]} _word=${BASH_REMATCH[2]} _lower=${BASH_REMATCH[2],,}
    if [[ $_lower =~ $_name ]]; then
      _end=${_lower%%"${BASH_REMATCH[0]}"*}${BASH_REMATCH[0]}
      [[ ${_word:${#_end}} =~ ^[[:punct:]]* ]]
      _end=$((${#_end} + ${#BASH_REMATCH[0]}))
      ((_end == ${#_word})) || _word=${_word:0:_end}'<hidden>'
      _lower=name
    elif ! _vm_may_show "$_word"; then
      _word='<hidden>'
    fi
    [[ $_word == '<hidden>' && $_text == *'<hidden>' ]] || _text+=$_blank$_word
    _previous=$_lower
  done
}

# Whether word $1 (`_lower`) may stand behind the word `_previous` in a line that names a secret.
_vm_may_show() {
  _vm_hidden_text ordinary
  [[ ! $_lower =~ $_pattern ]] || return 0
  _vm_hidden_text shown
  [[ ! $1 =~ $_pattern ]] || return 0
  _vm_hidden_text path
  [[ $_previous == name || ! $1 =~ $_pattern ]] || return 0
  [[ $_previous == @(vm|code|line|status|port) && $1 =~ ^[0-9]+[[:punct:]]*$ ]]
}

# The words of a command for the log; the result is in `_line`. What is not known to be harmless is hidden.
_vm_command_line() {
  local LC_ALL=C _word _hide='' _value='' _text _flags _valued _options _i
  _vm_shown_arguments "$1" || {
    _line="$*"
    _vm_redact_script_line "${_line//[$'\n\r']/ }"
    _line=${_text:0:2000}
    return "$?"
  }
  _line=$1
  for ((_i = 2; _i <= $#; _i++)); do
    _word=${!_i}
    # Key by key it may be a password.
    if [[ $1 == qm ]] && [[ $2 == guest && $_i -gt 4 || $2 == sendkey && $_i -gt 3 ]]; then
      _line+=' <hidden>'
      break
    fi
    if [[ $_word == -?* && -z $_value ]]; then
      _hide=
      _vm_redact_option "$_word"
    elif [[ -n $_hide ]]; then
      _hide=
      if [[ $_word =~ ^[a-z]+://[^\ ]+$ ]]; then
        _vm_redact_line "$_word"
        _word=$_text
      elif [[ $1 == virt-customize && $_word =~ ^[a-z][a-z0-9.-]*' ' ]]; then
        _word=${BASH_REMATCH[0]}'<hidden>'
      else
        _word='<hidden>'
      fi
    else
      _value=
      _vm_redact_line "$_word"
      _word=$_text
    fi
    _line+=" ${_word//[$'\n\r']/ }"
  done
  _line=${_line:0:2000}
}

# What may be shown of option $1, in `_word`. Then `_hide` or `_value` says what the next word is.
_vm_redact_option() {
  local _name=${1%%=*}
  if [[ $1 == --* || -z $_flags ]]; then
    if [[ $_name =~ ^--?($_options)$ ]]; then
      [[ $1 != *=* ]] || {
        _vm_redact_line "${1#*=}"
        _word=$_name=$_text
      }
    elif [[ ! $_name =~ ^--?[a-z][a-z0-9-]*$ ]]; then
      [[ $1 == -- ]] || _word='<hidden>'
    elif [[ $1 == *=* ]]; then
      _word=$_name='<hidden>'
    else
      _hide=1
    fi
  elif [[ $1 =~ ^-[$_flags]+$ ]]; then
    :
  elif [[ -n $_valued && $1 =~ ^-[$_flags]*[$_valued] ]]; then
    _name=${BASH_REMATCH[0]}
    if [[ $_name == "$1" ]]; then
      _value=1
    else
      _vm_redact_line "${1#"$_name"}"
      _word=$_name$_text
    fi
  else
    [[ $1 =~ ^-[$_flags]*. ]]
    _word=${BASH_REMATCH[0]}
    if [[ $_word == "$1" ]]; then _hide=1; else _word+='<hidden>'; fi
  fi
}
