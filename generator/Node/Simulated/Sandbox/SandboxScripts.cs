namespace VmRecovery.Node.Simulated.Sandbox;

/// <summary>The shell scripts that build a sandbox and run scripts in it.</summary>
internal static class SandboxScripts
{
    /// <summary>
    /// Runs as the first process of new mount and PID namespaces: builds a root directory of its own from the machine's
    /// programs (read-only) and empty folders in memory, then changes into it. $1: the run's directory.
    /// </summary>
    public const string Build = """
        set -e
        work=$1 root=$1/root
        mount -t tmpfs -o size=1g,mode=755 sandbox "$root"
        cd "$root"
        mkdir -p usr etc/pve proc sys dev tmp var/tmp var/lib/vz/images var/lib/vz/template/iso var/lib/vz/template/cache var/lib/dpkg var/log var/lock run root mnt srv opt home \
          .machine/etc .machine/local
        chmod 1777 tmp var/tmp
        links=() folders=()
        for name in bin sbin lib lib32 lib64 libx32; do
          if [[ -L /$name ]]; then
            links+=("/$name")
          elif [[ -d /$name ]]; then
            folders+=("$name")
          fi
        done
        ((${#links[@]} == 0)) || cp -P -t . "${links[@]}"
        ((${#folders[@]} == 0)) || mkdir "${folders[@]}"
        bind() { printf '%s %s none %s 0 0\n' "${1// /\\040}" "${root// /\\040}$2" "${3:-bind,ro}"; }
        # One mount for many: each process costs more than its mount.
        {
          bind /usr /usr
          bind /usr/local /.machine/local
          printf 'sandbox %s/usr/local tmpfs size=64m,mode=755 0 0\n' "${root// /\\040}"
          bind /etc /.machine/etc
          bind "$work" /mnt bind
          [[ ! -d /var/lib/dpkg ]] || bind /var/lib/dpkg /var/lib/dpkg
          for name in "${folders[@]}"; do bind "/$name" "/$name"; done
          printf 'sandbox %s/dev tmpfs size=1m,mode=755 0 0\n' "${root// /\\040}"
        } >"$work/fstab"
        mount -a -T "$work/fstab"
        names=(.machine/local/*)
        ln -s -t usr/local "${names[@]/#//}"
        rm -f usr/local/community-scripts
        names=()
        for name in .machine/etc/*; do
          [[ $name == */pve || $name == */mtab ]] || names+=("/$name")
        done
        ln -s -t etc "${names[@]}"
        mkdir usr/local/community-scripts dev/pts dev/shm dev/mapper
        folders=()
        while IFS= read -r name; do folders+=("$name"); done <"$work/folders"
        ((${#folders[@]} == 0)) || mkdir -p "${folders[@]/#/$root}"
        {
          bind "$work/cluster" /etc/pve bind
          # File storages and, below, the devices of the others: in memory, with times of birth.
          printf 'sandbox %s/mnt/pve tmpfs size=64m 0 0\n' "${root// /\\040}"
          for name in null zero full random urandom tty; do
            : >"dev/$name"
            bind "/dev/$name" "/dev/$name" bind
          done
          bind /dev/pts /dev/pts bind
          for name in "${folders[@]}"; do bind "$name" "$name"; done
          bind /sys /sys rbind
          printf 'proc %s/proc proc defaults 0 0\n' "${root// /\\040}"
        } >"$work/fstab"
        mount -a -T "$work/fstab"
        # Links that are the same in every sandbox, written once by its maker.
        cp -P -t dev "$work/links"/*
        exec chroot "$root" /bin/bash /mnt/run

        """;

    /// <summary>The first process inside: runs the executions one after another and looks what each left.</summary>
    public const string Run = """
        cd /root
        others() {
          local status
          found=()
          for status in /proc/[1-9]*; do
            [[ ${status##*/} -eq $$ ]] || found+=("${status##*/}")
          done
        }
        for ((i = 1; i <= EXECUTIONS; i++)); do
          mapfile -t mounts_before </proc/self/mountinfo
          # shellcheck disable=SC2086 # a word list by intention
          # A background job starts with INT ignored, a child of .NET with PIPE; a script that users start has neither.
          /usr/bin/env --default-signal=INT,QUIT,PIPE setsid $WRAP bash "/mnt/start.$i" </dev/null >>"/mnt/output.$i" 2>&1 &
          wait $!
          echo $? >"/mnt/exit.$i"
          for ((tries = 0; tries < 20; tries++)); do
            others
            ((${#found[@]} > 0)) || break
            /usr/bin/sleep 0.02
          done
          for pid in "${found[@]}"; do
            [[ ! -r /proc/$pid/cmdline ]] || tr '\0' ' ' <"/proc/$pid/cmdline"
            echo
          done >"/mnt/processes.$i" 2>/dev/null
          ((${#found[@]} == 0)) || kill -KILL -1 2>/dev/null
          mapfile -t mounts_after </proc/self/mountinfo
          printf '%s\n' "$((${#mounts_after[@]} - ${#mounts_before[@]}))" >"/mnt/mounts.$i"
          /usr/bin/find /tmp /var/tmp /var/lib/vz /run /root /usr/local/community-scripts -mindepth 1 \
            -not -path '/var/lib/vz/images/*' \
            -printf '%y %m %s %p\n' >"/mnt/files.$i" 2>/dev/null
          mkdir -p "/mnt/kept.$i"
          /usr/bin/find /tmp /run /root -type f -size -1024k -exec cp --parents -t "/mnt/kept.$i" {} + 2>/dev/null
          /mnt/bin/execution-ended "$i"
        done

        """;
}
