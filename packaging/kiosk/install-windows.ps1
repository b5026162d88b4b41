# The kiosk on Windows: a task that starts the supervisor when the hall's user logs on.
#   powershell -ExecutionPolicy Bypass -File install-windows.ps1 -Program C:\sandbox\sandbox.exe -Config C:\sandbox\kiosk.toml
# For a machine that shows nothing else, give the same command to Shell Launcher as the
# user's shell: the supervisor stays until the kiosk is left with the PIN, as a shell must.
param(
    [Parameter(Mandatory = $true)][string]$Program,
    [Parameter(Mandatory = $true)][string]$Config,
    [string]$User = $env:USERNAME
)
$ErrorActionPreference = "Stop"
foreach ($file in $Program, $Config) {
    if (-not (Test-Path -LiteralPath $file -PathType Leaf)) { throw "There is no file $file" }
}
$action = New-ScheduledTaskAction -Execute $Program -Argument "supervise --config `"$Config`""
$trigger = New-ScheduledTaskTrigger -AtLogOn -User $User
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
    -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries `
    -MultipleInstances IgnoreNew
Register-ScheduledTask -TaskName "Science City Sandbox kiosk" -Action $action -Trigger $trigger `
    -Settings $settings -User $User -Force | Out-Null
Write-Output "The kiosk starts when $User logs on."
