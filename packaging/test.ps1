# Sets up what the tests need on Windows, then runs the gate and all tests:
#   powershell -ExecutionPolicy Bypass -File packaging\test.ps1 [pytest's arguments]
$root = Split-Path -Parent $PSScriptRoot
. (Join-Path $PSScriptRoot "environment.ps1")
Initialize-Environment "test"
Set-Location $root
$env:PATH = (Join-Path $environment "Scripts") + ";" + $env:PATH
$env:QT_QPA_PLATFORM = "offscreen"
$failed = @()
$steps = @(
    @("ruff", "format", "--check", "."),
    @("ruff", "check", "."),
    @("pyright"),
    @("lint-imports"),
    (@("python", "-m", "pytest") + $args)
)
foreach ($words in $steps) {
    [Console]::Error.WriteLine("-- $words")
    $rest = @($words | Select-Object -Skip 1)
    & $words[0] @rest
    if ($LASTEXITCODE -ne 0) { $failed += "$words" }
}
if ($failed.Count -gt 0) {
    [Console]::Error.WriteLine("Not passed: " + ($failed -join "; "))
    exit 1
}
