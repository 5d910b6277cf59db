# A coprocess works in the section.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  coproc cat
  echo hi >&"${COPROC[1]}"
  read -r word <&"${COPROC[0]}"
  echo "$word"
  kill "$COPROC_PID"
}
