# What run.ps1 and test.ps1 share: the project's own environment in .venv (Windows).
# Dot-sourced; the caller has set $root, the top folder, and perhaps $bundle, a folder that
# packaging/bundle made: then nothing is fetched.

$ErrorActionPreference = "Stop"
$environment = Join-Path $root ".venv"
$python = Join-Path $environment "Scripts\python.exe"
$unfinished = Join-Path $environment "unfinished"

function Stop-With([string] $line) {
    [Console]::Error.WriteLine($line)
    exit 2
}

function Test-Uv {
    if (-not (Get-Command uv -ErrorAction SilentlyContinue)) { return $false }
    & uv --version *> $null
    return $LASTEXITCODE -eq 0
}

# The command of a Python 3.11 or later, as a list of words; empty where there is none.
function Find-Python {
    $candidates = @(@("py", "-3.13"), @("py", "-3.12"), @("py", "-3.11"), @("python3"), @("python"))
    foreach ($words in $candidates) {
        if (-not (Get-Command $words[0] -ErrorAction SilentlyContinue)) { continue }
        $rest = @($words | Select-Object -Skip 1)
        try {
            & $words[0] @rest -c "import sys; sys.exit(sys.version_info < (3, 11))" *> $null
            if ($LASTEXITCODE -eq 0) { return , $words }
        } catch { continue }
    }
    return , @()
}

# Makes the environment anew; until all is installed, a mark in it says that it is not.
function New-Environment {
    if (Test-Path $environment) { Remove-Item -Recurse -Force $environment }
    New-Item -ItemType Directory -Path $environment | Out-Null
    [IO.File]::WriteAllText($unfinished, "")
    $base = Find-Python
    if (Test-Uv) {
        $wanted = "3.12"
        if ($base.Count -gt 0) {
            $rest = @($base | Select-Object -Skip 1)
            $wanted = & $base[0] @rest -c "import sys; print(sys.executable)"
        }
        & uv venv --quiet --allow-existing --python $wanted $environment
    } elseif ($base.Count -gt 0) {
        $rest = @($base | Select-Object -Skip 1)
        & $base[0] @rest -m venv $environment
    } else {
        Stop-With "Python 3.11 or later is needed and was not found. Install it, then start again."
    }
    if ($LASTEXITCODE -ne 0) { Stop-With "The environment could not be made in $environment." }
}

# Keeps what an installer prints in a log, and tells how far it is.
function Show-Progress([string] $log) {
    begin { $count = 0 }
    process {
        Add-Content -LiteralPath $log -Value "$_" -Encoding UTF8
        if ("$_" -match "^(Collecting|Processing) ") {
            $count += 1
            if ($count % 20 -eq 0) { [Console]::Error.WriteLine("  $count packages found ...") }
        } elseif ("$_" -like "Installing collected *") {
            [Console]::Error.WriteLine("  $count packages are here; installing them ...")
        }
    }
}

function Install-Pins([string] $what) {
    $pins = "packaging/constraints.txt"
    $log = Join-Path $environment "install.log"
    $hashes = "packaging/hashes.txt"
    $from = @()
    if ($bundle) { $from = @("--no-index", "--find-links", $bundle) }
    Push-Location $root
    try {
        if ($what -eq ".[test]" -and -not $bundle -and (Test-Uv)) {
            # Each package only if its file has a hash that is known; the project has none.
            & uv pip install --python $python --require-hashes --build-constraint $pins --requirement $hashes
            if ($LASTEXITCODE -eq 0) {
                & uv pip install --python $python --no-deps --build-constraint $pins --editable .
            }
        } elseif (Test-Uv) {
            # It shows by itself how far it is.
            & uv pip install --python $python @from --constraint $pins --build-constraint $pins --editable $what
        } else {
            # As with uv, Python compiles a module when it is first imported.
            & $python -m pip --disable-pip-version-check --retries 2 install --no-compile @from --constraint $pins hatchling setuptools | Show-Progress $log
            if ($LASTEXITCODE -eq 0) {
                & $python -m pip --disable-pip-version-check --retries 2 install --no-compile @from --constraint $pins --no-build-isolation --editable $what | Show-Progress $log
            }
        }
    } finally { Pop-Location }
    if ($LASTEXITCODE -eq 0) { return }
    [Console]::Error.WriteLine("The Python packages could not be installed (the lines above say why).")
    if ($bundle) {
        $version = & $python -c "import sys; print('%d.%d' % sys.version_info[:2])"
        Stop-With "The bundle in $bundle has to be made for this system and this Python: packaging/bundle FOLDER --for windows --python $version"
    }
    Stop-With "Without internet, run packaging/bundle FOLDER --for windows on a Linux machine that has it, bring the folder here, and start: packaging\run.ps1 --from FOLDER"
}

# A stamp holds all that the installation depends on and is written last, so a broken-off
# installation has none, and what it left, or one for another folder, is thrown away; an
# environment that someone made by hand is completed.
function Initialize-Environment([string] $extra) {
    $name = if ($extra) { "installed-$extra" } else { "installed" }
    $stamp = Join-Path $environment $name
    $wanted = "$root`n" + (Get-Content -Raw (Join-Path $root "pyproject.toml")) + (Get-Content -Raw (Join-Path $root "packaging/constraints.txt")) + (Get-Content -Raw (Join-Path $root "packaging/hashes.txt"))
    if (-not (Test-Path $unfinished) -and (Test-Path $python) -and (Test-Path $stamp) -and ([IO.File]::ReadAllText($stamp) -ceq $wanted)) { return }

    [Console]::Error.WriteLine("Setting up the environment in $environment (the first time takes a minute or two) ...")
    $before = @(Get-ChildItem $environment -Filter "installed*" -ErrorAction SilentlyContinue)
    $moved = @($before | Where-Object { -not [IO.File]::ReadAllText($_.FullName).StartsWith("$root`n") })
    if (-not (Test-Path $python) -or (Test-Path $unfinished) -or $moved.Count -gt 0) { New-Environment }
    [IO.File]::WriteAllText($unfinished, "")
    Remove-Item (Join-Path $environment "installed*") -ErrorAction SilentlyContinue
    $what = if ($extra) { ".[$extra]" } else { "." }
    Install-Pins $what
    if ($extra) { [IO.File]::WriteAllText((Join-Path $environment "installed"), $wanted) }
    [IO.File]::WriteAllText($stamp, $wanted)
    Remove-Item $unfinished
}
