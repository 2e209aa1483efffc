#!/usr/bin/env bash
# Puts the Developer ID of the secrets into a keychain of its own and tells the build of it; without secrets, nothing.
set -euo pipefail
[[ -n ${CERTIFICATE:-} ]] || { echo "No Developer ID: the bundle is signed ad hoc."; exit 0; }

keychain=$RUNNER_TEMP/build.keychain-db
word=$(openssl rand -hex 16)
file=$(mktemp)
trap 'rm -f "$file"' EXIT
base64 --decode <<<"$CERTIFICATE" >"$file"
security create-keychain -p "$word" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$word" "$keychain"
security import "$file" -P "$CERTIFICATE_PASSWORD" -f pkcs12 -k "$keychain" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -k "$word" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
echo "MACOS_IDENTITY=$IDENTITY" >>"$GITHUB_ENV"

[[ -n ${NOTARY_PASSWORD:-} ]] || { echo "No account for notarising."; exit 0; }
xcrun notarytool store-credentials notary --apple-id "$NOTARY_APPLE_ID" --team-id "$NOTARY_TEAM_ID" \
    --password "$NOTARY_PASSWORD"
echo "MACOS_NOTARY_PROFILE=notary" >>"$GITHUB_ENV"
