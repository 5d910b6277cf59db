namespace VmRecovery.Node.Simulated.Web;

/// <summary>A small telemetry library in our own words, for scripts that fetch api.func and have no checkout to serve it from.</summary>
internal static class RecordingApi
{
    /// <summary>The library: the functions that VM scripts and the recovery call, with their observable rules.</summary>
    public const string Text = """
        # Telemetry for scripts under test: the same calls and records as the real one, nothing else.
        REPO_SOURCE=test
        _send_record() {
          curl -sS -o /dev/null -m 5 -X POST -H 'Content-Type: application/json' \
            -d "{\"random_id\":\"${RANDOM_UUID:-}\",\"execution_id\":\"${EXECUTION_ID:-${RANDOM_UUID:-}}\",\"type\":\"vm\",\"nsapp\":\"${NSAPP:-}\",\"status\":\"$1\",\"exit_code\":${2:-0},\"error\":\"\"}" \
            https://telemetry.community-scripts.org/telemetry 2>/dev/null
        }
        post_to_api_vm() {
          [[ ${POST_TO_API_DONE:-} != true ]] || return 0
          POST_TO_API_DONE=false
          if _send_record installing; then POST_TO_API_DONE=true; fi
          return 0
        }
        post_progress_to_api() { :; }
        post_update_to_api() {
          [[ ${POST_UPDATE_DONE:-} != true || ${3:-} == force ]] || return 0
          local status=$1 code=${2:-1}
          [[ $code =~ ^[0-9]+$ ]] || { [[ $code == none ]] && code=0 || code=1; }
          case $status in
          done | success) status=success code=0 ;;
          failed) case $code in 129 | 130 | 143) status=aborted ;; esac ;;
          aborted) ;;
          *) status=unknown ;;
          esac
          if _send_record "$status" "$code"; then POST_UPDATE_DONE=true; fi
          return 0
        }
        telemetry_new_attempt() {
          EXECUTION_ID=$(</proc/sys/kernel/random/uuid)
          POST_TO_API_DONE=false POST_UPDATE_DONE=false
        }

        """;
}
