# Variables of all kinds come back.
#
# compare: plain
# exit: 0

section() {
  qm create "$VMID" --name "$HN"
  declare -gA map=([a]=1 [b\ c]="x y")
  list=(1 "" "a b")
  export EXPORTED=1
  declare -gi number=5+1
}

after() {
  key="b c"
  echo "${map[$key]} ${#list[@]} $(bash -c 'echo $EXPORTED') $number"
}
