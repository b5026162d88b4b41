# Sets up what the tests need on Windows, then runs the gate; with --all the long tests too:
#   powershell -ExecutionPolicy Bypass -File packaging\test.ps1 [--all] [pytest's arguments]
$root = Split-Path -Parent $PSScriptRoot
. (Join-Path $PSScriptRoot "environment.ps1")
Initialize-Environment "test"
Set-Location $root
$env:PATH = (Join-Path $environment "Scripts") + ";" + $env:PATH
$env:QT_QPA_PLATFORM = "offscreen"
$rest = @($args)
if ($rest.Count -gt 0 -and $rest[0] -eq "--all") {
    $rest = @("-m", "long or not long") + @($rest | Select-Object -Skip 1)
}
$tests = @("python", "-m", "pytest", "-n", "auto", "--dist", "loadfile", "--durations=10") + $rest
$failed = @()
$steps = @(
    @("ruff", "format", "--check", "."),
    @("ruff", "check", "."),
    @("pyright"),
    @("lint-imports"),
    $tests
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
