# Puts the certificate of the secrets into the person's store and tells the build how to sign; without secrets, nothing.
$ErrorActionPreference = "Stop"
if (-not $env:CERTIFICATE) {
    Write-Output "No certificate: programs and installer are not signed."
    exit 0
}
$file = Join-Path $env:RUNNER_TEMP "certificate.pfx"
try {
    [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($env:CERTIFICATE))
    $word = ConvertTo-SecureString $env:CERTIFICATE_PASSWORD -AsPlainText -Force
    $known = Import-PfxCertificate -FilePath $file -CertStoreLocation Cert:\CurrentUser\My -Password $word
} finally {
    Remove-Item $file -ErrorAction SilentlyContinue
}
$kits = "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe"
$tool = Get-ChildItem $kits | Sort-Object FullName | Select-Object -Last 1 -ExpandProperty FullName
$short = (New-Object -ComObject Scripting.FileSystemObject).GetFile($tool).ShortPath
$options = "sign /fd sha256 /td sha256 /tr http://timestamp.digicert.com /sha1 $($known.Thumbprint)"
Add-Content $env:GITHUB_ENV "WINDOWS_SIGN=$short $options `$f"
