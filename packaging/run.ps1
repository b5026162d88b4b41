# Starts the sandbox on Windows, setting up what it needs the first time:
#   powershell -ExecutionPolicy Bypass -File packaging\run.ps1 [arguments]
# With --from FOLDER first, it sets up from a folder that packaging/bundle made.
$root = Split-Path -Parent $PSScriptRoot
$bundle = ""
$words = @($args)
if ($words.Count -gt 0 -and $words[0] -ceq "--from") {
    if ($words.Count -lt 2 -or -not (Test-Path -PathType Container $words[1])) {
        $said = if ($words.Count -lt 2) { "no folder" } else { $words[1] }
        [Console]::Error.WriteLine("packaging\run.ps1 --from FOLDER: $said is not a folder.")
        exit 2
    }
    $bundle = (Resolve-Path $words[1]).Path
    $words = @($words | Select-Object -Skip 2)
}
. (Join-Path $PSScriptRoot "environment.ps1")
Initialize-Environment ""
& (Join-Path $environment "Scripts\sandbox.exe") @words
exit $LASTEXITCODE
