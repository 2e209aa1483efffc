# Installs for one person as people do, uses what was installed, and takes it off again: data must stay.
$ErrorActionPreference = "Stop"
$place = Join-Path $env:RUNNER_TEMP "installed program"
$data = Join-Path $env:RUNNER_TEMP "demo"
$setup = Get-ChildItem dist\*-setup.exe | Select-Object -First 1 -ExpandProperty FullName

function Invoke-Checked([string]$program, [string[]]$words) {
    $done = Start-Process $program -ArgumentList $words -Wait -PassThru -NoNewWindow
    if ($done.ExitCode -ne 0) { throw "$program $words ended with $($done.ExitCode)" }
}

Invoke-Checked $setup @("/VERYSILENT", "/SUPPRESSMSGBOXES", "/CURRENTUSER", "/LANG=zh", "/DIR=`"$place`"")
$console = Join-Path $place "plant-audit.exe"
Invoke-Checked $console @("about")
Invoke-Checked $console @("demo", "`"$data`"")
Invoke-Checked $console @("verify", "`"$data\krosno-2024.pdf`"", "--trust", "`"$data\head-office.pem`"")
Invoke-Checked (Join-Path $place "plant-carbon-audit.exe") @("--self-test", "`"$data`"")
foreach ($ending in "plant", "group") {
    $kind = (Get-ItemProperty "HKCU:\Software\Classes\.$ending")."(default)"
    $opens = (Get-ItemProperty "HKCU:\Software\Classes\$kind\shell\open\command")."(default)"
    if ($opens -notlike "*plant-carbon-audit.exe*") { throw ".$ending is opened by $opens" }
}

Invoke-Checked (Join-Path $place "unins000.exe") @("/VERYSILENT", "/SUPPRESSMSGBOXES")
Start-Sleep -Seconds 5  # the uninstaller goes on in a copy of itself
if (Test-Path $console) { throw "still there after uninstalling" }
if (Test-Path "HKCU:\Software\Classes\PlantCarbonAudit.plant") { throw "the type of files is still there" }
if (-not (Test-Path "$data\krosno.plant")) { throw "uninstalling took a plant file along" }
