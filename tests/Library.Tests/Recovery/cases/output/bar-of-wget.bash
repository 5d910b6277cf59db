# wget shows its bar at a terminal.
#
# terminal: xterm
# exit: 0
# says: bar

node() {
  printf '#!/bin/bash\n[[ $* != *bar:force* ]] || echo bar\n: >page\n' >/mnt/node/bin/wget
  chmod +x /mnt/node/bin/wget
}

section() {
  wget -O page http://host/page
  qm create "$VMID" --name "$HN"
}
