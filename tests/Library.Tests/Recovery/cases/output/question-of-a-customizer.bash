# A question that a program asks on stderr is seen before its answer.
#
# terminal: dumb
# exit: 0

user() {
  sees "sure?"
  : >/mnt/seen
  sleep 0.3
  echo y
}

meanwhile() {
  [[ $* != "virt-customize"* ]] || {
    printf "Are you sure? " >&2
    read -r -t 5 answer || fail 1 "no answer"
    [[ $answer == y ]] || fail 1 "not y"
  }
}

section() {
  : >image
  virt-customize -a image
  qm create "$VMID" --name "$HN"
}
