# shellcheck shell=bash
# What ./vmrecovery and ./test share: the SDK, the build, and the programs from Debian's packages.

# Ends with the command to run when the .NET 10 SDK is missing.
vmr_require_dotnet() {
  if ! command -v dotnet >/dev/null; then
    echo "the .NET 10 SDK is missing: https://learn.microsoft.com/dotnet/core/install/linux" >&2
    exit 3
  fi
}

# Publishes the tool into .build/tool unless nothing has changed since the last time.
vmr_build() {
  local home=$1 stamp=$1/.build/tool.stamp
  if [[ -x $home/.build/tool/vmrecovery && -f $stamp ]] &&
    [[ -z $(find "$home/generator" "$home/recovery-model" "$home/global.json" \
      "$home"/Directory.*.props -name obj -prune -o -name bin -prune -o -type f -newer "$stamp" -print -quit) ]]; then
    return 0
  fi
  echo "vmrecovery: building the tool (about a minute the first time) …" >&2
  mkdir -p "$home/.build"
  local log=$home/.build/build.log next=$home/.build/tool.next machine
  case $(uname -m) in
  aarch64) machine=linux-arm64 ;;
  *) machine=linux-x64 ;;
  esac
  : >"$home/.build/tool.stamp.next"
  rm -rf "$next"
  # ReadyToRun: compiled ahead of time, so that a run does not wait for the JIT.
  if ! dotnet publish "$home/generator/Cli/VmRecovery.Cli.csproj" --configuration Release --runtime "$machine" --no-self-contained \
    -p:PublishReadyToRun=true -p:DebugType=none --output "$next" --nologo >"$log" 2>&1; then
    if grep -qE 'NU1301|NU1801' "$log"; then
      echo "vmrecovery: no network: the NuGet packages can't be fetched for the first build; the whole log is in $log" >&2
      exit 3
    fi
    grep -E 'error|warn' "$log" | sort -u | head -n 20 >&2
    echo "vmrecovery: the tool does not build; the whole log is in $log" >&2
    exit 1
  fi
  rm -rf "$home/.build/tool"
  mv "$next" "$home/.build/tool"
  mv "$home/.build/tool.stamp.next" "$stamp"
}

# Installs what is missing when it can, else says the one command that does.
vmr_require_programs() {
  local program packages=()
  for program; do
    command -v "$program" >/dev/null || packages+=("$(vmr_package_of "$program")")
  done
  ((${#packages[@]})) || return 0
  local sudo=()
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null; then
      echo "missing: run 'sudo apt-get install ${packages[*]}' and try again" >&2
      exit 3
    fi
    sudo=(sudo)
  fi
  echo "installing ${packages[*]} with apt-get" >&2
  local log
  log=$(mktemp)
  if ! { "${sudo[@]}" apt-get -qq update && DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get -qq -y install "${packages[@]}"; } \
    >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "missing: run 'apt-get install ${packages[*]}' and try again" >&2
    exit 3
  fi
  rm -f "$log"
}

# The Debian package that brings a program.
vmr_package_of() {
  case $1 in
  qemu-img) echo qemu-utils ;;
  xz) echo xz-utils ;;
  *) echo "$1" ;;
  esac
}
