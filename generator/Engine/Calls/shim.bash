#!/bin/bash -p
# Stands in front of a program in one run of `vmrecovery run`: tells it what begins and how that ended.
_vmr_run=@RUN@ _vmr_engine=@ENGINE@ _vmr_start=@START@ _vmr_here=@HERE@
_vmr_name=${0##*/}
_vmr_path=:$PATH:
_vmr_path=${_vmr_path//":$_vmr_here:"/:}
_vmr_path=${_vmr_path#:} _vmr_path=${_vmr_path%:}

# Runs the program itself, as if nothing stood in front of it.
become() {
  PATH=$_vmr_path
  exec "$_vmr_name" "$@"
}
# The run is over, or it is not this user's.
[[ -p $_vmr_run/calls && -O $_vmr_run/calls ]] || become "$@"
# Killed: whoever looks after what this would make is gone, and what it made stands in the journal.
{ read -r _vmr_stat <"/proc/$_vmr_engine/stat"; } 2>/dev/null || exit 137
read -ra _vmr_stat <<<"${_vmr_stat##*) }"
[[ ${_vmr_stat[19]} == "$_vmr_start" ]] || exit 137
type -P -- "$_vmr_name" >/dev/null || become "$@"

# The answers come through a pipe of this process's own.
exec {_vmr_answers}<<<''
if [[ ! -p /proc/self/fd/$_vmr_answers ]]; then
  mkfifo -m 0600 "$_vmr_run/answers.$$"
  exec {_vmr_answers}<&- {_vmr_answers}<>"$_vmr_run/answers.$$"
else
  exec {_vmr_hold}<>"/proc/self/fd/$_vmr_answers"
  IFS= read -r -u "$_vmr_answers" _
fi

# Says something to the run and waits for the answer; the result is in the array `answer`.
tell() {
  printf '%s %s %s %s\n' "$1" "$$" "$_vmr_answers" "${2:-}" 1<>"$_vmr_run/calls"
  until read -r -t 5 -a _vmr_answer -u "$_vmr_answers"; do
    # Nothing comes any more.
    [[ -e /proc/$_vmr_engine && -p $_vmr_run/calls ]] || exit 137
  done
}

_vmr_heard='' _vmr_child=''
# A signal that reaches only this process is the program's.
on_signal() {
  _vmr_heard=$1
  [[ -z $_vmr_child || $1 == INT ]] || kill -s "$1" "$_vmr_child" 2>/dev/null
}
for _vmr_signal in INT TERM HUP; do
  # shellcheck disable=SC2064 # its name now
  trap "on_signal $_vmr_signal" "$_vmr_signal"
done

printf '%s\0' "$_vmr_name" "$@" >"$_vmr_run/words.$$"
tell begin
case ${_vmr_answer[0]} in
exit)
  # The answer that a dialog got earlier.
  [[ ! -s $_vmr_run/err.$$ ]] || IFS= read -r -d '' _vmr_text <"$_vmr_run/err.$$" || printf '%s' "$_vmr_text" >&2
  exit "${_vmr_answer[1]}"
  ;;
words)
  # Other settings than the script's.
  mapfile -t -d '' _vmr_words <"$_vmr_run/words.$$"
  set -- "${_vmr_words[@]:1}"
  ;;
esac
[[ -z $_vmr_heard ]] || {
  trap - "$_vmr_heard"
  kill -s "$_vmr_heard" "$$"
}

# Its output passes as it comes, with a copy for the log.
_vmr_copies=() _vmr_out=1 _vmr_err=2
if [[ ${_vmr_answer[1]} == both && -e /proc/self/fd/1 ]]; then
  exec {_vmr_out}> >(trap '' INT TERM HUP && exec tee -- "$_vmr_run/out.$$" 2>/dev/null)
  _vmr_copies+=("$!")
fi
if [[ ${_vmr_answer[1]} == file ]]; then
  exec {_vmr_err}>"$_vmr_run/err.$$"
elif [[ ${_vmr_answer[1]} != none && -e /proc/self/fd/2 ]]; then
  exec {_vmr_err}> >(trap '' INT TERM HUP && exec tee -- "$_vmr_run/err.$$" >&2 2>/dev/null)
  _vmr_copies+=("$!")
fi
[[ -e /proc/self/fd/0 ]] || exec </dev/null
{
  trap - INT QUIT TERM HUP
  ((_vmr_out == 1)) || exec >&"$_vmr_out" {_vmr_out}>&-
  ((_vmr_err == 2)) || exec 2>&"$_vmr_err" {_vmr_err}>&-
  [[ ! -v _vmr_hold ]] || exec {_vmr_hold}>&-
  exec {_vmr_answers}<&-
  become "$@"
} <&0 &
_vmr_child=$!
((_vmr_out == 1)) || exec {_vmr_out}>&-
((_vmr_err == 2)) || exec {_vmr_err}>&-
while :; do
  wait "$_vmr_child"
  _vmr_status=$?
  # Above 128 it may be the wait that a signal ended.
  ((_vmr_status > 128)) && kill -0 "$_vmr_child" 2>/dev/null || break
done
# What goes on in the background may hold the outputs for ever.
for _vmr_copy in "${_vmr_copies[@]}"; do
  for ((_vmr_tries = 0; _vmr_tries < 500; _vmr_tries++)); do
    kill -0 "$_vmr_copy" 2>/dev/null || break
    read -r -t 0.001 -u "$_vmr_answers" _
  done
done
[[ ${_vmr_answer[1]} != file || ! -s $_vmr_run/err.$$ ]] || cat -- "$_vmr_run/err.$$" >&2
tell ended "$_vmr_status"
[[ ! -p $_vmr_run/answers.$$ ]] || rm -f -- "$_vmr_run/answers.$$"
# Its caller sees what the program died of.
if [[ -n $_vmr_heard ]] && ((_vmr_status == 128 + $(kill -l "$_vmr_heard"))); then
  trap - "$_vmr_heard"
  kill -s "$_vmr_heard" "$$"
fi
exit "${_vmr_answer[1]}"
