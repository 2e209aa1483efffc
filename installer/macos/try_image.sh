#!/usr/bin/env bash
# Opens the disk image as people do, and uses the program that is in it.
set -euo pipefail
cd "$(dirname "$0")/../.."
place=$(mktemp -d)
trap 'hdiutil detach -quiet "$place/image" || true; rm -rf "$place"' EXIT
mkdir "$place/image"
hdiutil attach -quiet -nobrowse -readonly -mountpoint "$place/image" dist/*.dmg
[[ -L $place/image/Applications ]]
ditto "$place/image/Plant Carbon Audit.app" "$place/Plant Carbon Audit.app"

app="$place/Plant Carbon Audit.app"
plutil -lint "$app/Contents/Info.plist"
codesign --verify --deep --strict "$app"
program="$app/Contents/MacOS/plant-carbon-audit"
ln -s "$program" "$place/plant-audit"
"$place/plant-audit" about
"$place/plant-audit" --ui-lang zh demo "$place/demo" >/dev/null
"$place/plant-audit" verify "$place/demo/krosno-2024.pdf" --trust "$place/demo/head-office.pem"
"$program" --self-test "$place/demo"
if [[ -n ${MACOS_NOTARY_PROFILE:-} ]]; then
    xcrun stapler validate dist/*.dmg
    spctl --assess --type execute "$app"
fi
