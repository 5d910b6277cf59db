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
        mkdir -p usr etc proc sys dev tmp var/tmp var/lib/vz/images var/lib/vz/template/iso var/lib/vz/template/cache var/lib/dpkg var/log var/lock run root mnt srv opt home \
          .machine/etc .machine/local
        chmod 1777 tmp var/tmp
        mount --bind /usr usr
        mount -o remount,bind,ro usr
        mount --bind /usr/local .machine/local
        mount -t tmpfs -o size=64m,mode=755 sandbox usr/local
        names=(.machine/local/*)
        ln -s -t usr/local "${names[@]/#//}"
        rm -f usr/local/community-scripts
        mkdir usr/local/community-scripts
        mount --bind /etc .machine/etc
        mount -o remount,bind,ro .machine/etc
        names=(.machine/etc/*)
        ln -s -t etc "${names[@]/#//}"
        rm -f etc/pve etc/mtab
        mkdir etc/pve
        mount --bind "$work/cluster" etc/pve
        mount --bind "$work" mnt
        # File storages and, below, the devices of the others: in memory, with times of birth.
        mount -t tmpfs -o size=64m sandbox mnt/pve
        if [[ -d /var/lib/dpkg ]]; then
          mount --bind /var/lib/dpkg var/lib/dpkg
          mount -o remount,bind,ro var/lib/dpkg
        fi
        for name in bin sbin lib lib32 lib64 libx32; do
          if [[ -L /$name ]]; then
            cp -P "/$name" "$name"
          elif [[ -d /$name ]]; then
            mkdir "$name"
            mount --bind "/$name" "$name"
            mount -o remount,bind,ro "$name"
          fi
        done
        mount -t tmpfs -o size=1m,mode=755 sandbox dev
        mkdir dev/pts dev/shm dev/mapper
        for name in null zero full random urandom tty; do
          : >"dev/$name"
          mount --bind "/dev/$name" "dev/$name"
        done
        mount --bind /dev/pts dev/pts
        ln -s pts/ptmx dev/ptmx
        ln -s /proc/self/fd dev/fd
        ln -s /proc/self/fd/0 dev/stdin
        ln -s /proc/self/fd/1 dev/stdout
        ln -s /proc/self/fd/2 dev/stderr
        while IFS= read -r name; do
          mkdir -p "$root$name"
          mount --bind "$name" "$root$name"
          mount -o remount,bind,ro "$root$name"
        done <"$work/folders"
        mount --rbind /sys sys
        mount -t proc proc proc
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
