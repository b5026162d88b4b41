# Starts the sandbox on Windows, setting up what it needs the first time:
#   powershell -ExecutionPolicy Bypass -File packaging\run.ps1 [arguments]
$root = Split-Path -Parent $PSScriptRoot
. (Join-Path $PSScriptRoot "environment.ps1")
Initialize-Environment ""
& (Join-Path $environment "Scripts\sandbox.exe") @args
exit $LASTEXITCODE
